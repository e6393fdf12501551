"""Work that takes time: progress, interrupts, processes, and machines of a cluster."""
