"""What a chunk's own hash is good for."""

import numpy as np

from rcsd.simulation.archive import chunk as chunks
from rcsd.simulation.archive import open_ensemble, simulate


def test_a_finished_job_is_recognised_without_reading_its_values(tmp_path, monkeypatch):
    """Asked again, the job looks at hashes alone; a chunk that was altered is read, found wanting and made anew."""
    rows = {"Investment Rate": np.linspace(0.3, 0.4, 300)}
    ask = {"out": tmp_path / "runs", "outputs": ["GDP"], "chunk_runs": 100}
    simulate("resource_city", rows, **ask)
    before = [ensemble.values.tolist() for ensemble in open_ensemble(tmp_path / "runs").chunks()]
    read = []
    original = chunks.read_chunk
    monkeypatch.setattr(chunks, "read_chunk", lambda *a, **k: read.append(a[2]) or original(*a, **k))
    simulate("resource_city", rows, **ask)
    looked_at = list(read)
    path = chunks.path_of(tmp_path / "runs", 1)
    path.write_bytes(path.read_bytes()[:-100])
    read.clear()
    simulate("resource_city", rows, **ask)
    assert looked_at == []
    assert 1 in read
    assert [ensemble.values.tolist() for ensemble in open_ensemble(tmp_path / "runs").chunks()] == before
