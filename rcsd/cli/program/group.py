"""The commands as one group: found by name, imported when called, listed under headings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar

import typer
import typer.main
from typer.core import TyperGroup

from rcsd.cli.lines import told_in_lines
from rcsd.cli.program.command import Command
from rcsd.cli.program.excel import with_bom
from rcsd.cli.program.failures import in_words
from rcsd.cli.program.numbers import strict_numbers
from rcsd.errors import PluginError
from rcsd.plugins import Plugin, found, loaded

_STOPPED = "rcsd: stopped."
_KEPT = "Finished steps are kept: the same command goes on from there."


class Commands(TyperGroup):
    """The commands of the program and of plug-ins, with every error raised on purpose turned into its exit code.

    Attributes
    ----------
    own
        Where the program's own commands are declared, as ``module:name``, in the order of the help.
    """

    own: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # Typer does not publish the type of its context
        """Name the commands: the program's own, then those of plug-ins."""
        return [*self.own, *self._plugins]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None for a name that no command has."""
        if cmd_name in self.own or cmd_name in self._plugins:
            return _built(cmd_name, self._declared(cmd_name))
        # here Typer looks for what a misspelt name may have meant
        self.commands.update((name, _built(name, command)) for name, command in self._all().items())
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List all commands, a group under each heading."""
        with in_words(lambda: _STOPPED):
            commands = self._all()
        width = max(map(len, commands), default=0)
        for heading in dict.fromkeys(command.group for command in commands.values()):
            with formatter.section(heading):
                formatter.write_dl(
                    [
                        (name.ljust(width), command.summary)
                        for name, command in commands.items()
                        if command.group == heading
                    ]
                )

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command.

        Raises
        ------
        typer.Exit
            With the error's exit code when the command could not do its work.
        """
        stopped = in_words(lambda: self._stopped(ctx.invoked_subcommand), tuple(ctx.args))
        with stopped, told_in_lines(lambda: ctx.invoked_subcommand or ctx.info_name):
            return super().invoke(ctx)

    @cached_property
    def _plugins(self) -> dict[str, Plugin]:
        """Commands of plug-ins by name.

        Raises
        ------
        PluginError
            When two share a name, or one has that of the program's own.
        """
        plugins = {plugin.name: plugin for plugin in found("rcsd.commands")}
        taken = next((plugin for name, plugin in plugins.items() if name in self.own), None)
        if taken is not None:
            raise PluginError(
                f"plug-in {taken.name!r} (rcsd.commands) of {taken.source} has the name of a command of rcsd's own: "
                "uninstall that distribution"
            )
        return plugins

    def _declared(self, name: str) -> Command:
        """Import what declares a command."""
        if name in self._plugins:
            return self._plugins[name].load_as(Command)
        module, _, attribute = self.own[name].partition(":")
        command: Command = getattr(import_module(module), attribute)
        return command

    def _all(self) -> dict[str, Command]:
        """Import what declares all commands, but for plug-ins that cannot be loaded: a warning names them."""
        return {name: self._declared(name) for name in self.own} | loaded("rcsd.commands", Command)

    def _stopped(self, name: str | None) -> str:
        """Say that a command was stopped, and what is left of its work."""
        return f"{_STOPPED} {_KEPT}" if name is not None and self._declared(name).keeps else _STOPPED


def _built(name: str, command: Command) -> Any:
    """Let Typer make a command of a function, as of one that stands alone."""
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    function = command.function if command.completed is None else command.completed(command.function)
    alone.command(name, epilog=command.example)(strict_numbers(with_bom(function)))
    return typer.main.get_command(alone)
