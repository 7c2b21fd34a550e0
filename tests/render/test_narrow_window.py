"""The page in a window of 320 pixels, as a browser lays it out."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from generator.render.html import Styles
from tests.render.pages import HEAD, page, printed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FIGURES = """
facts:
  - id: cost
    claim: The cost is disputed.
    figures:
      - {amount: 9.5 million, unit: florins, by: An institute, cite: "@talk"}
      - {amount: 22 million, unit: florins, by: A guild, cite: "@press"}
"""
BOXES = """() => {
  const box = element => element.getBoundingClientRect();
  return {
    table: box(document.querySelector('.figures')).width,
    caption: box(document.querySelector('.figures caption')).width,
    ticks: [...document.querySelectorAll('.tick')].filter(tick => tick.offsetParent).map(tick => {
      const words = document.createRange();
      words.selectNodeContents(tick);
      return [words.getBoundingClientRect().left, words.getBoundingClientRect().right];
    }),
    page: document.documentElement.scrollWidth,
  };
}"""


def test_captions_have_the_width_of_their_table_and_labels_of_an_axis_keep_apart(tmp_path):
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    file = tmp_path / "page.html"
    file.write_text(printed(page(HEAD + FIGURES), styles=Styles.EMBEDDED), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": 320, "height": 800})
        window.goto(file.as_uri())
        boxes = window.evaluate(BOXES)
        browser.close()
    assert boxes["page"] == 320
    assert boxes["caption"] == boxes["table"]
    assert len(boxes["ticks"]) == 2
    assert all(left[1] + 8 < right[0] for left, right in zip(boxes["ticks"], boxes["ticks"][1:], strict=False))
