"""Answering: the street office's word on a question that was sent to it → the outbox, in one transaction.

A running bot notices the commit within a second and sends it; one that does not run sends it at its next start.
"""

from collections.abc import Callable
from datetime import datetime

from bot.errors import UserError
from bot.store import Call, Transaction
from bot.store.answers import Answers
from bot.store.questions import Question, Questions
from dialogs import office
from dialogs.replies import Reply
from dialogs.sessions import Session
from dialogs.wording import Language

# Makes the calls of a channel that say something in a conversation: channels/unasked.py.
Calls = Callable[[str, str, Reply], list[Call]]


def inbox(tx: Transaction) -> list[tuple[Question, str]]:
    """What people sent to the office, the longest waiting first, each with the state of its answer ("" if none)."""
    answers = Answers(tx.connection)
    return [(question, answers.state(question)) for question in Questions(tx.connection).inbox()]


def answer(tx: Transaction, id: str, text: str, again: bool, now: datetime, calls: Calls) -> Question:
    """Put the office's answer into the outbox of the conversation that asked; the question.

    UserError, with nothing done, where no such question was sent to the office, where it was answered already (unless
    `again`), and where its person has blocked the bot.
    """
    answers = Answers(tx.connection)
    question = Questions(tx.connection).find(id)
    if question is None or question.consulted is None:
        raise UserError(
            f"没有编号是 {id} 的待答问题，可能过期了，或者本人让删了；用 jiugai office inbox 看现有的。 "
            f"No question {id} was sent to the office: its time may be over, or its person had it erased; "
            "jiugai office inbox lists those there are."
        )
    if not again and (question.answered or answers.state(question)):
        raise UserError(
            f"{id} 已经答复过了；要补充或更正，请加 --again。 {id} has been answered; to add or correct, use --again."
        )
    if not answers.reachable(question.conversation):
        raise UserError(
            "对方停用了机器人，送不到，所以没有发；等对方回来再答。 "
            "The person has blocked the bot, so nothing was sent; answer when they are back."
        )
    reply = office.answer(question.text, text, _language(tx, question))
    answers.send(question, calls(question.channel, question.conversation, reply), now)
    return question


def _language(tx: Transaction, question: Question) -> Language:
    """The conversation's language by now, or that of the question where nothing is remembered any more."""
    kept = tx.sessions.load(question.conversation)
    if kept is not None:
        return Session.load(kept).language
    return "en" if question.language == "en" else "zh"
