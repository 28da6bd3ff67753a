"""The command ``diming``. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some rows were refused."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from api.commands.output import say, tell_problem
from geo.problems import Problem

# Each module only names its commands when it is imported; what a command needs it imports when it runs.
GROUPS = (
    "demo",
    "cluster",
    "doctor",
    "register",
    "addresses",
    "road_audit",
    "diagnose",
    "accounts",
    "plates",
    "maps",
    "backup",
    "audit",
)

app = typer.Typer(
    name="diming",
    help="地名地址系统：登记、规范化、查询。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# What the option parser says in English, and how we say it.
WRONG = {
    "No such command": "没有这个命令",
    "No such option": "没有这个选项",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Invalid value for": "取值不对，",
    "Got unexpected extra argument": "多余的参数",
}


@app.callback()
def _every_command(
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="出错时显示技术细节")] = False,
) -> None:
    """地名地址系统：登记、规范化、查询。"""


for _group in GROUPS:
    importlib.import_module(f"api.commands.{_group}").register(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; a Problem is told in two sentences, never with a trace."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbose = given[:1] in (["-v"], ["--verbose"])
    try:
        result = app(args=given, standalone_mode=False, prog_name="diming")
        return result if isinstance(result, int) else 0
    except Problem as problem:
        if verbose:
            traceback.print_exc()
        tell_problem(problem, "--json" in given)
        return problem.exit_code
    except TyperException as error:
        return _wrong_usage(error)
    except (Abort, KeyboardInterrupt):
        say("已中止。")
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing to say, and nobody to say it to.
        sys.stderr.close()
        return 1
    except Exception as error:
        if verbose:
            traceback.print_exc()
        say(f"程序出错：{type(error).__name__}。请用 diming -v 重新执行，把显示的内容交给维护人员。")
        return 1


def _wrong_usage(error: TyperException) -> int:
    message = error.format_message()
    if message.lstrip().startswith("Usage:"):  # no command given: the message is the help
        say(message)
    else:
        for english, chinese in WRONG.items():
            message = message.replace(english, chinese)
        say(f"用法不对：{message}\n用 --help 查看说明。")
    return 2


if __name__ == "__main__":
    sys.exit(main())
