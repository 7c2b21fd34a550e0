"""The steps of a new user, with the commands of the README."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scripts.documents.following import differences, script
from scripts.freshmachine import readme
from scripts.freshmachine.machine import CLONE, HOME, Done, Failed, Machine

DESK = f"{HOME}/desk"
OWN_FOLDERS = "python3 -m venv "
"""Beginning of the commands that install `brief` for other folders."""
KEY = "debate-2024"
FACTS = "briefs/example.yaml"

QUICK_TESTS = (
    "tests/test_repository.py",
    "tests/render/test_pdf.py",
    "tests/engine/test_build_lock.py",
    "tests/engine/test_child.py",
    "tests/engine/test_disk.py",
    "tests/engine/test_pool.py",
    "tests/engine/test_racy.py",
    "tests/engine/test_stat.py",
    "tests/provenance/test_landlock.py",
    "tests/provenance/test_verifying.py",
    "tests/commands/test_ending.py",
    "tests/commands/test_progress.py",
    "tests/commands/test_serve.py",
    "tests/commands/test_watch.py",
    "tests/preview/test_changes.py",
)
"""Tests of what can differ on another Debian: fonts, layout, processes, files, sandboxes, terminals, the browser, watching."""

CAPTURES = """
import pathlib, pypandoc, weasyprint
lines = pathlib.Path("report.txt").read_text().splitlines()
body = "".join(f"<p>{line}</p>" for line in lines)
page = f'<!DOCTYPE html><html lang="en"><title>Report</title><article>{body}</article></html>'
pathlib.Path("report.html").write_text(page)
weasyprint.HTML(string=page).write_pdf("report.pdf")
pypandoc.convert_text(body, "docx", format="html", outputfile="report.docx")
"""
"""Python that writes the README's report as a web page, a PDF and a Word document."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step's name, and the function that runs it. It raises Failed."""

    name: str
    take: Callable[[Machine], None]


def as_told(machine: Machine, script: str, folder: str) -> Done:
    """Run a script as a user would: if it prints a command that installs missing packages, run that command and repeat."""
    done = machine.attempt(script, folder)
    if done.code != 0 and (command := told_command(done.output)):
        machine.as_root(command)
        return machine.run(script, folder)
    if done.code != 0:
        raise Failed(f"exit code {done.code} from: {script}")
    return done


def told_command(output: str) -> str:
    """Return the command in a message, for root; empty if there is none."""
    match = re.search(r"sudo (apt-get install(?: [a-z0-9.+-]+)+)", output)
    return f"{match[1]} -y" if match else ""


def install(machine: Machine, packages: list[str]) -> None:
    """Install Debian packages as the README's command does."""
    machine.as_root(f"apt-get install -y {' '.join(packages)}")


def update_lists(machine: Machine) -> None:
    machine.as_root("apt-get update")


def install_tools(machine: Machine) -> None:
    install(machine, [name for name in readme.packages() if not name.startswith("lib")])


def install_libraries(machine: Machine) -> None:
    install(machine, readme.packages())


def pip_install(machine: Machine) -> None:
    """Run the README's commands for a separate environment, with the pip of this system."""
    machine.run(readme.block(OWN_FOLDERS), CLONE)
    machine.run("pip --version; python --version", CLONE, **environment())


def environment() -> dict[str, str]:
    """Return the variables that activating the environment sets."""
    match = re.search(r"^\. ~/(\S+)/bin/activate", readme.block(OWN_FOLDERS), re.MULTILINE)
    demand(match is not None, "README.md does not activate an environment")
    folder = f"{HOME}/{match[1]}" if match else ""
    return {"VIRTUAL_ENV": folder, "PATH": f"{folder}/bin:/usr/bin:/bin"}


def without_pango(machine: Machine) -> None:
    """Check that pages are built without the libraries, and that the message gives the command that installs them."""
    machine.run("brief init bare", **environment())
    done = machine.attempt("brief build", f"{HOME}/bare", **environment())
    demand(done.code != 0, "without Pango the exit code is 0")
    demand("Traceback" not in done.output, "without Pango there is a traceback")
    demand(exists(machine, "bare/build/example.html"), "without Pango there is no page")
    command = told_command(done.output)
    demand(bool(command), "without Pango no command is named")
    machine.as_root(command)
    machine.run("brief build", f"{HOME}/bare", **environment())
    demand(exists(machine, "bare/build/example.pdf"), "there is no PDF after installing what was named")


def make(machine: Machine) -> None:
    as_told(machine, made("make"), CLONE)
    demand(exists(machine, "policy-brief-generator/build/chip-controls.pdf"), "make built no PDF")


def make_again(machine: Machine) -> None:
    demand("up to date" in machine.run(made("make"), CLONE).output, "a second make is not up to date")


def make_test(machine: Machine) -> None:
    as_told(machine, made("make test"), CLONE)


def quick_tests(machine: Machine) -> None:
    as_told(machine, f"make test TESTS='{' '.join(QUICK_TESTS)}'", CLONE)


def made(command: str) -> str:
    """Return a make command, if the README gives it."""
    lines = [line.split("#")[0].strip() for block in readme.commands() for line in block.splitlines()]
    demand(command in lines, f"README.md does not give the command {command!r}")
    return command


def first_brief(machine: Machine) -> None:
    """Make the first brief as in the README: start, capture, quote, misquote, lock and build."""
    taken = readme.first_brief()
    done = machine.attempt(script(taken, f"python3 {CLONE}/scripts/documents/put.py"), **environment())
    found = differences(taken, done.output)
    demand(not found, f"README.md:{found[0] if found else ''}")
    machine.run("brief check && brief verify build/example.pdf", DESK, **environment())


def captures(machine: Machine) -> None:
    """Capture the same report from a web page, a PDF and a Word document: its quotation is verified in each."""
    machine.write(f"{DESK}/report.py", CAPTURES)
    machine.run("python report.py", DESK, **environment())
    for ending in ("html", "docx", "pdf"):
        machine.run(f"brief capture {KEY} report.{ending}", DESK, **environment())
        if ending == "pdf":  # a PDF is cited by page
            machine.run(f"sed -i 's/@{KEY}, para. [0-9]/@{KEY}, p. 1/' {FACTS}", DESK)
        machine.run("brief check", DESK, **environment())


def soak(minutes: int) -> Step:
    """Return the step that builds 200 briefs, and runs `brief watch` over random edits for a number of minutes."""
    command = f".venv/bin/python -m scripts.soak {HOME}/soak --minutes {minutes}"
    return Step(f"{minutes} minutes of brief watch", lambda machine: print(machine.run(command, CLONE).output, end=""))


def exists(machine: Machine, path: str) -> bool:
    """Whether a file is in the user's home."""
    return machine.path(f"{HOME}/{path}").is_file()


def demand(condition: bool, message: str) -> None:
    """Raise Failed with the message unless the condition holds."""
    if not condition:
        raise Failed(message)


FIRST = (
    Step("apt-get update", update_lists),
    Step("git, make and Python", install_tools),
)
"""Installed before the clone."""

COMMON = (
    Step("pip install .", pip_install),
    Step("a build without Pango", without_pango),
    Step("the libraries", install_libraries),
    Step("make", make),
    Step("a second make", make_again),
    Step("the first brief", first_brief),
    Step("captures of HTML, PDF and DOCX", captures),
)
WHOLE = (*COMMON, Step("make test", make_test))
QUICK = (*COMMON, Step("some of the tests", quick_tests))
