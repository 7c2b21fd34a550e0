"""Write the golden pages anew: `python -m tests.render.goldens`. Read the difference before it is committed."""

from pathlib import Path

from tests.render.pages import page, printed

if __name__ == "__main__":
    for source in sorted((Path(__file__).parents[1] / "golden" / "pages").glob("*.yaml")):
        source.with_suffix(".html").write_text(printed(page(source.read_text("utf-8"))), encoding="utf-8")
