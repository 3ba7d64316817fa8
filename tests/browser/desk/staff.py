"""Somebody who works at the desk, in a browser: they sign in with a password and six digits."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import subprocess
import time
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from deploy.stack import GATEWAY, Stack
from deploy.train import ROOT

PASSWORD = "four walls seldom sing"
STEP_SECONDS = 30


@dataclass
class Staff:
    """A user of the desk and what their telephone knows.

    Attributes:
        url: the desk's address.
        name: what they sign in with.
        secret: of the second factor, in base 32; empty before it is set up.
        used: the step of time whose code was typed last; none is taken twice.
    """

    url: str
    name: str
    secret: str = ""
    used: int = 0

    def sign_in(self, page: Page) -> None:
        """Go through the door, setting up the second factor at the first time."""
        page.goto(f"{self.url}/sign-in")
        page.get_by_label("Name").fill(self.name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        if self.secret:
            page.get_by_label("Code").fill(self.code())
            page.get_by_role("button", name="Sign in", exact=True).click()
        else:
            self._set_up(page)
        expect(page.get_by_role("navigation").first).to_be_visible()

    def begin(self, page: Page, first_password: str) -> None:
        """Come in for the first time, with a password that somebody else made."""
        page.goto(f"{self.url}/sign-in")
        page.get_by_label("Name").fill(self.name)
        page.get_by_label("Password").fill(first_password)
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("The password you came in with").fill(first_password)
        page.get_by_label("New password", exact=True).fill(PASSWORD)
        page.get_by_label("New password, once more").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        self._set_up(page)
        expect(page.get_by_role("navigation").first).to_be_visible()

    def _set_up(self, page: Page) -> None:
        """Set up the second factor, as at the first time."""
        self.secret = page.locator(".code").inner_text().replace(" ", "")
        page.get_by_label("Code").fill(self.code())
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("link", name="I have kept them").click()

    def code(self) -> str:
        """The six digits of now (RFC 6238), those of the next half minute if these were typed."""
        step = int(time.time()) // STEP_SECONDS
        if step <= self.used:
            step = self.used + 1
            time.sleep(max(0.0, (step - 1) * STEP_SECONDS - time.time()))
        self.used = step
        digest = hmac.digest(base64.b32decode(self.secret), struct.pack(">Q", step), hashlib.sha1)
        place = digest[-1] & 15
        number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"


def first_administrator(stack: Stack, name: str) -> Staff:
    """The administrator that the command line makes."""
    subprocess.run(
        [GATEWAY, "-m", "desk", "admin", "--name", name, "--password-stdin"],
        cwd=ROOT / "web",
        env=stack.variables(),
        input=PASSWORD,
        text=True,
        check=True,
        capture_output=True,
    )
    return Staff(stack.desk_url, name)


def employed(page: Page, administrator: Staff, name: str, role: str) -> tuple[Staff, str]:
    """A new user whom an administrator makes on a page of theirs, and the first password."""
    page.goto(f"{administrator.url}/users/new")
    page.get_by_label("Signs in as").fill(name)
    page.get_by_label("What others call them").fill(name.capitalize())
    page.get_by_label("Role").select_option(role)
    page.get_by_role("button", name="Make the user").click()
    return Staff(administrator.url, name), page.locator("#password").inner_text().strip()
