"""One name in many scripts and spellings has one key; different names have different ones."""

import pytest

from triage.cases.matching.names import PARTICLES, parts, sound_keys

ONE_NAME = (
    "Mohammed Muhammad Mohamad Mehmet محمد Мухаммад Mahomet",
    "Yusuf Youssef Josef يوسف Юсуф Yousuf Joseph",
    "Aleksandr Alexander Александр Alexandre",
    "Abdullah Abdallah عبدالله",
    "Abdelkader Abdulqadir عبدالقادر",
    "Abdurrahman Abderrahmane عبدالرحمن",
    "Ahmed أحمد احمد Ахмед",
    "Omar Umar عمر",
    "Ibrahim ابراهيم إبراهيم Ebrahim",
    "Khaled Khalid خالد Halit",
    "Parvin پروین",
    "Rojan Rozhan ڕۆژان",
    "Walid Oualid وليد",
    "Çelik Celik Chelik",
    "Sherif Şerif Cherif شريف",
    "Hasan Hassan Хасан حسن",
    "Ivanov Iwanow Иванов",
    "Giorgos Γιώργος",
    "Jamal Djamel Джамал جمال",
    "Fatima Fatma فاطمة Fatimah",
    "Zeynep Zainab زينب",
    "O’Brien O'Brien OBrien",
    "Schmidt Schmitt",
    "Łukasz Lukasz",
    "Nguyễn Nguyen",
    "Jose José JOSÉ",
)


def keys(name: str) -> frozenset[str]:
    return frozenset(key for part in parts(name) for key in sound_keys(part))


@pytest.mark.parametrize("spellings", ONE_NAME)
def test_the_spellings_of_a_name_share_a_key(spellings: str) -> None:
    first, *others = spellings.split()
    for other in others:
        assert keys(first) & keys(other), other


@pytest.mark.parametrize(("one", "other"), [
    ("Abd el-Kader", "عبد القادر"), ("Abdul Rahman", "عبدالرحمن"), ("Al-Hassan", "الحسن"), ("van der Berg", "Berg"),
    ("de la Cruz", "Cruz"), ("Bin Laden", "Laden"), ("Ben-Ali", "Ali"),
])  # fmt: skip
def test_articles_and_particles_are_left_out(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(("one", "other"), [
    ("Mohammed", "Mahdi"), ("Anna", "Maria"), ("Ivanov", "Petrov"), ("Hassan", "Hamid"), ("Garcia", "Martin"),
    ("محمد", "أحمد"), ("Smith", "Jones"),
])  # fmt: skip
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


def test_a_name_of_particles_alone_is_kept() -> None:
    assert parts("Al Van") == ("al", "van")
    assert {"al", "van"} <= PARTICLES


@pytest.mark.parametrize("nothing", ["", "   ", "123", "–", "؟", "\u200f"])
def test_what_has_no_letters_has_no_words(nothing: str) -> None:
    assert parts(nothing) == ()
