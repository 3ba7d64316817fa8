"""Intents, actions, slots, texts and acts that are declared but dead, or used but undeclared."""

from __future__ import annotations

from .conftest import ACTION, GREET, NAMES, TEXTS, Tiny

DOMAIN = "domain.yml"


def test_an_intent_that_nothing_adds_is_an_error(tiny: Tiny) -> None:
    tiny.write(DOMAIN, tiny.read(DOMAIN) + "intents:\n  - greet\n  - book_flight\n")
    assert tiny.only() == (
        f"{tiny.place(DOMAIN, 'book_flight')}: error: the intent `book_flight` is neither a family "
        "nor an act. Delete it here: data/ adds the intents."
    )


def test_an_intent_that_no_code_uses_is_an_error(tiny: Tiny) -> None:
    tiny.edit(NAMES, '    CHOOSE = "choose"', '    CHOOSE = "choose"\n    GUESS = "guess"')
    assert tiny.only() == (
        f"{tiny.place(NAMES, 'GUESS')}: error: no code uses the intent `guess`. "
        "Ask a programmer to use it or delete it."
    )


def test_an_action_that_no_class_is_is_an_error(tiny: Tiny) -> None:
    tiny.write(DOMAIN, tiny.read(DOMAIN) + "  - action_dance\n")
    assert tiny.only() == (
        f"{tiny.place(DOMAIN, 'action_dance')}: error: no class in actions/ is the action "
        "`action_dance`. Delete it, or ask a programmer to write it."
    )


def test_a_class_whose_action_is_not_listed_is_an_error(tiny: Tiny) -> None:
    extra = 'class ActionSing(Action):\n    def name(self):\n        return "action_sing"\n'
    tiny.write("actions/sing.py", extra)
    assert tiny.only() == (
        "actions/sing.py:1: error: domain.yml does not list the action `action_sing`. "
        "Add `- action_sing` to `actions:` in domain.yml, or delete the class."
    )


def test_an_action_name_that_is_not_listed_is_an_error(tiny: Tiny) -> None:
    tiny.write(NAMES, tiny.read(NAMES) + '    DANCE = "action_dance"\n')
    assert tiny.only() == (
        f"{tiny.place(NAMES, 'DANCE')}: error: domain.yml does not list the action `action_dance`. "
        "Add `- action_dance` to `actions:` in domain.yml, or delete this line."
    )


def test_a_slot_that_the_code_does_not_know_is_an_error(tiny: Tiny) -> None:
    tiny.edit(DOMAIN, "slots:\n", "slots:\n  mood:\n    type: text\n")
    assert tiny.only() == (
        f"{tiny.place(DOMAIN, 'mood')}: error: the slot `mood` is unknown to the code. "
        "Delete it, or ask a programmer to add it to Slot in content/names.py."
    )


def test_a_slot_that_the_domain_lacks_is_an_error(tiny: Tiny) -> None:
    tiny.edit(NAMES, '    TOPIC = "topic"', '    TOPIC = "topic"\n    MOOD = "mood"')
    assert tiny.only() == (
        f"{tiny.place(NAMES, 'MOOD')}: error: domain.yml does not list the slot `mood`. "
        "Add `mood:` to `slots:` in domain.yml, or delete this line."
    )


def test_a_slot_that_no_code_uses_is_an_error(tiny: Tiny) -> None:
    tiny.edit(ACTION, "Slot.TOPIC, ", "")
    assert tiny.only() == (
        f"{tiny.place(DOMAIN, 'topic:')}: error: no code uses the slot `topic`. "
        "Delete it, or ask a programmer to use it as Slot.TOPIC."
    )


def test_a_text_that_is_missing_is_an_error(tiny: Tiny) -> None:
    text = tiny.read(TEXTS)
    tiny.write(TEXTS, text[: text.index("  menu:")])
    assert tiny.only() == (
        f"{tiny.place(NAMES, 'MENU')}: error: the text `menu` is not in data/. "
        "Add it to data/conversation/texts.yml, or delete this line."
    )


def test_a_text_that_the_code_does_not_know_is_an_error(tiny: Tiny) -> None:
    extra = "  farewell:\n    kind: notice\n    reply:\n      - Take care of you.\n"
    tiny.write(TEXTS, tiny.read(TEXTS) + extra)
    assert tiny.only() == (
        f"{tiny.place(TEXTS, 'farewell')}: error: no code knows the text `farewell`. "
        "Delete it, or ask a programmer to add it to TextId in content/names.py."
    )


def test_a_text_that_no_code_says_is_an_error(tiny: Tiny) -> None:
    tiny.edit(ACTION, ", TextId.MENU", "")
    assert tiny.only() == (
        f"{tiny.place(NAMES, 'MENU')}: error: no code says the text `menu`. "
        "Ask a programmer to say TextId.MENU or to delete it."
    )


def test_a_text_that_the_gateway_alone_says_is_used(tiny: Tiny) -> None:
    tiny.write("web/gateway/texts.py", "")
    assert tiny.only().startswith(
        f"{tiny.place(NAMES, 'WELCOME')}: error: no code says the text `welcome`."
    )


def test_an_act_that_the_code_knows_and_no_file_holds_is_an_error(tiny: Tiny) -> None:
    tiny.edit(NAMES, '    GREET = "greet"', '    GREET = "greet"\n    THANK = "thanks"')
    assert tiny.only() == (
        f"{tiny.place(NAMES, 'THANK')}: error: the act `thanks` has no file. "
        "Add data/conversation/thanks.yml, or delete this line."
    )


def test_an_act_that_nothing_leads_to_is_an_error(tiny: Tiny) -> None:
    body = "id: wave\nkind: smalltalk\ntitle: Wave\nexamples: []\nreply:\n  - Hello to you.\n"
    tiny.write("data/conversation/wave.yml", body)
    assert (
        "data/conversation/wave.yml:1: error: nothing leads to the act `wave`. "
        "Add examples or a button that leads to it, or delete the file."
    ) in tiny.findings()


def test_an_act_that_a_button_offers_is_reached(tiny: Tiny) -> None:
    text = tiny.read(GREET)
    start, end = text.index("examples:"), text.index("reply:")
    tiny.write(GREET, f"{text[:start]}examples: []\n{text[end:]}")
    assert tiny.only().endswith("0 examples; an act needs 25. Add 25 more.")


def test_code_that_cannot_be_read_is_an_error(tiny: Tiny) -> None:
    tiny.write("actions/broken.py", "def ()")
    assert tiny.only() == (
        "actions/broken.py:1: error: not valid Python. Ask a programmer to mend it."
    )
