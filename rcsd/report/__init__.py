"""The report: draws study results as self-contained pages, figures and tables, and computes nothing."""

from rcsd.report.dea_page import write_dea_report
from rcsd.report.forecast_section import write_scenarios
from rcsd.report.index_page import write_index
from rcsd.report.panel_page import write_panel_report
from rcsd.report.resilience_page import write_resilience_report
from rcsd.report.sobol_report import write_sobol
from rcsd.report.structure_page import write_structure_report
from rcsd.report.study_page import write_report

__all__ = [
    "write_dea_report",
    "write_index",
    "write_panel_report",
    "write_report",
    "write_resilience_report",
    "write_scenarios",
    "write_sobol",
    "write_structure_report",
]
