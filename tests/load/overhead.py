"""What the gateway adds to Rasa's answer: the same texts by way of it and directly, in turn."""

from __future__ import annotations

from deploy.stack import Stack
from tests.load.talking import TEXTS, Direct, Door, Patient, line, measured, options

PORT = 4100


def main() -> None:
    """Start a stack of its own, measure, and print the figures."""
    parser = options(__doc__, port=PORT)
    parser.add_argument("--rounds", type=int, default=30, help="conversations of eight turns each")
    given = parser.parse_args()
    with measured(given.port) as stack:
        gateway, rasa = measure(stack, given.rounds)
    print(line("by way of the gateway", gateway))
    print(line("Rasa directly", rasa))
    print(
        line("the gateway's own part", [one - two for one, two in zip(gateway, rasa, strict=True)])
    )


def measure(stack: Stack, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each turn, by way of the gateway and directly; the first round warms up."""
    doors = Door(stack.port), Door(stack.rasa_port)
    gateway: list[float] = []
    rasa: list[float] = []
    for number in range(rounds + 1):
        patient, direct = Patient(doors[0]), Direct(doors[1])
        for text in TEXTS:
            # In turn, so that neither is always asked what the other has just made warm.
            if len(gateway) % 2:
                taken = patient.say(text), direct.say(text)
            else:
                taken = (direct.say(text), patient.say(text))[::-1]
            if number:
                gateway.append(taken[0])
                rasa.append(taken[1])
    for door in doors:
        door.close()
    return gateway, rasa


if __name__ == "__main__":
    main()
