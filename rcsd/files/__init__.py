"""Files: reading and its encodings, and writing them, bytes, text, JSON or netCDF, whole or not at all."""

from rcsd.files.documents import json_text, netcdf_bytes, plain, write_json
from rcsd.files.inputs import NOWHERE, file_sha256, inputs_kept, is_file, note_input, read_input, sha256
from rcsd.files.leftovers import scratch_folder
from rcsd.files.text import decoded, streamed_codec
from rcsd.files.writing import (
    at_once,
    bom_in_csv,
    is_stdout,
    together,
    write_bytes_atomic,
    write_or_remove,
    write_text_atomic,
    written_whole,
)

__all__ = [
    "NOWHERE",
    "at_once",
    "bom_in_csv",
    "decoded",
    "file_sha256",
    "inputs_kept",
    "is_file",
    "is_stdout",
    "json_text",
    "netcdf_bytes",
    "note_input",
    "plain",
    "read_input",
    "scratch_folder",
    "sha256",
    "streamed_codec",
    "together",
    "write_bytes_atomic",
    "write_json",
    "write_or_remove",
    "write_text_atomic",
    "written_whole",
]
