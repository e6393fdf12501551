"""The report: draws study results as self-contained pages, figures and tables, and computes nothing."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.report.index_page import write_index
    from rcsd.report.sections.forecast.section import write_scenarios
    from rcsd.report.sections.panel.page import write_panel_report
    from rcsd.report.sections.sobol.files import write_sobol
    from rcsd.report.study_page import write_report

__all__ = [
    "write_index",
    "write_panel_report",
    "write_report",
    "write_scenarios",
    "write_sobol",
]

__getattr__, __dir__ = on_first_use(__name__)
