"""Make the pictures of the README and of docs/ from a running demo: python docs/make_images.py [address]"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "images"
PASSWORD = "safeguarding-demo"
WIDTH, HEIGHT = 1200, 900


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
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
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
