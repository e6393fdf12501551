"""The stages of a cluster: how a state is read, and where each path arises."""
