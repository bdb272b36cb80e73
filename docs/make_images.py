"""Make the pictures of the README and of docs/ from a running demo and from the PDF of its report:

python manage.py render_report 2022-23 -o report.pdf
python docs/make_images.py [address] [report.pdf]
"""

import sys
from pathlib import Path

import pdfplumber
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "images"
PASSWORD = "safeguarding-demo"
WIDTH, HEIGHT = 1200, 900

PAGES = {
    "cover": "1 April 2022 to 31 March 2023",
    "contents": "Contents",
    "chapter": "Why neglect comes first",
    "key-figures": "The year at a glance",
    "chart": "Figures in the chart",
    "table": "Neglect and GCP2 in figures",
    "notes": "1. National Society",
    "appendix": "Measure In this report Source Sections",
}
"""A line of the first page of the report that shows each; the pictures are as wide as a thumb."""
DOTS_PER_INCH = 64


def picture_pages(report: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    with pdfplumber.open(report) as pdf:
        lines = [page.extract_text().splitlines() for page in pdf.pages]
        for name, line in PAGES.items():
            number = next(place for place, page in enumerate(lines) if any(each.startswith(line) for each in page))
            pdf.pages[number].to_image(resolution=DOTS_PER_INCH, antialias=True).save(FOLDER / f"report-{name}.png")


def picture_portal(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(base_url=address, viewport={"width": WIDTH, "height": HEIGHT})
        page.goto("/")
        page.get_by_label("Email").fill("board.officer@example.org")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto("/reports/2022-23/")
        page.get_by_role("link", name="4.1 Child exploitation", exact=True).click()
        page.screenshot(
            path=FOLDER / "section.png", clip={"x": 0, "y": 0, "width": WIDTH, "height": 1300}, full_page=True
        )
        page.get_by_role("link", name="Edit this section").click()
        page.locator(".editor--ready").first.wait_for()
        page.screenshot(path=FOLDER / "editor.png")
        browser.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    for report in (Path(each) for each in given if each.endswith(".pdf")):
        picture_pages(report)
    picture_portal(next((each for each in given if not each.endswith(".pdf")), "http://127.0.0.1:8000"))
