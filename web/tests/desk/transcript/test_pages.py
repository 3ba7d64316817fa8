"""The pages of a conversation, as a browser gets them."""

from sqlalchemy import Connection

from desk.access.permissions import Role
from tests.desk.conftest import SignedIn
from tests.desk.talks import Talk, understood


async def test_a_conversation_shows_what_was_seen_and_what_was_understood(
    signed_in: SignedIn,
) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        made.replied(None, "I am Dorsi.", kind="notice")
        asked = made.said("Is it a stroke?")
        reply = made.replied(
            asked,
            "It can be.",
            topic="causes/stroke",
            buttons=["Early signs", "Prevent falls"],
            understanding=understood(),
            payload={
                "sources": [{"title": "NHS", "url": "https://nhs.example/a"}],
                "exercise": "toe_raises", "step": 2, "of": 5,
                "image": {"url": "/pictures/toe_raises/2.svg", "alt": "A foot"},
            },
        )  # fmt: skip
        made.thumbs(reply, False, "write to ann@example.org")
        made.said("Early signs", payload={"choice": f"{reply}-0"})
        return made.number

    number = await client.write(talk)
    page = (await client.get(f"/conversations/{number}")).text
    for shown in (
        "I am Dorsi.", "Is it a stroke?", "It can be.", "93 %", "RulePolicy", "action_answer",
        "topic: causes/stroke", "41 ms", "dorsi-0123456789abcdef", "toe_raises, step 2 of 5",
        "http://127.0.0.1:8080/pictures/toe_raises/2.svg", "https://nhs.example/a",
        "Did not help", "[email]", "Early signs <b>taken</b>", "took the button",
    ):  # fmt: skip
        assert shown in page, shown
    assert "ann@example.org" not in page
    assert "words of the patient" not in page
    assert "Judge" not in page
