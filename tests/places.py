"""The folders that tests read from, named once."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "models"
CALIBRATION = ROOT / "calibration"
EXAMPLES = ROOT / "examples"
NOTEBOOKS = ROOT / "notebooks"
BENCHMARKS = ROOT / "benchmarks"
DOCS = ROOT / "docs"
TEST_MODELS = ROOT / "tests" / "models" / "files"
"""Small model files, each with the one construct or fault that a test asks for."""
