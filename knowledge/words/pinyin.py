"""Sounds: Han characters and typed pinyin → toneless syllables, so that homophones and pinyin are found alike."""

import os.path
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
# Short English words that would also parse as pinyin, and common ones that would not: any of them says English.
_ENGLISH = frozenset(
    "the is are was were my our your what which who whom whose how why when where does do did will would should "
    "could has have for of in on if it its this that there from and or not to at with be by as i a an".split()
)
_ALSO_PINYIN = frozenset("a an do in to be i as".split())
_UMLAUTS = str.maketrans("üǘǚǜ", "vvvv")
_SOUNDED = re.compile(r"[a-z']+|[^\x00-\x7f]")
_LONGEST = 6
_LONGEST_WORD = 60
# The toneless syllables of the Scheme for the Chinese Phonetic Alphabet, "v" for ü as it is typed. Interjections
# without a vowel (m, ng) are left out: they would let any letters pass for Chinese.
_SYLLABLES = frozenset(
    """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen
    ceng cha chai chan chang chao che chen cheng chi chong chou chu chuai chuan chuang chui chun chuo ci cong cou
    cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun
    duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai
    guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia
    jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai
    kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu long lou lu
    luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan
    nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan
    pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu
    quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai
    shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan
    sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei
    wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying
    yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi
    zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
    """.split()
)


@cache
def _table() -> Mapping[str, str]:
    """Code point, in decimal → readings with tones, the commonest first: pypinyin's table of single characters.

    Its file is read as it is: to import pypinyin takes three times as long, for styles and phrases that we never use.
    """
    import json

    package = find_spec("pypinyin")
    assert package and package.origin and isinstance(package.loader, SourceFileLoader)
    source = package.loader.get_data(os.path.join(os.path.dirname(package.origin), "pinyin_dict.json"))
    table: Mapping[str, str] = json.loads(source)
    return table


@cache
def sounds(char: str) -> tuple[str, ...]:
    """The toneless readings of one character, the commonest first; () for what is not a Han character."""
    toned = _table().get(str(ord(char)), "").translate(_UMLAUTS)
    toneless = unicodedata.normalize("NFD", toned).encode("ascii", "ignore").decode()
    return tuple(dict.fromkeys(filter(None, toneless.split(","))))


@lru_cache(maxsize=4096)
def split(word: str) -> tuple[str, ...] | None:
    """A run of letters as the fewest pinyin syllables ("dianti" → dian, ti), or None where it is not pinyin.

    An apostrophe begins a syllable ("xi'an"). A syllable of a single vowel begins no later part of a word without one.
    """
    if len(word) > _LONGEST_WORD:
        return None
    whole: list[str] = []
    for piece in word.split("'"):
        parts = _fewest(piece)
        if parts is None:
            return None
        whole += parts
    return tuple(whole) or None


def _fewest(word: str) -> tuple[str, ...] | None:
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            head, piece = best[start], word[start:end]
            if head is not None and piece in _SYLLABLES and (len(piece) > 1 or start == 0):
                known = best[end]
                if known is None or len(head) + 1 < len(known):
                    best[end] = (*head, piece)
    return best[-1]


def is_pinyin(folded: str) -> bool:
    """Whether a text of Latin letters is typed pinyin: every word splits into syllables, and none is plain English."""
    words = _WORD.findall(folded)
    if not words or any(word in _ENGLISH and word not in _ALSO_PINYIN for word in words):
        return False
    parts = [split(word) for word in words]
    return all(parts) and sum(len(part or ()) for part in parts) >= 2


def syllables(folded: str) -> list[tuple[str, int, int]]:
    """(syllable, start, end) of every Han character and every pinyin word of a folded text, in order.

    A word of several syllables gives them all the word's own place. English words give none.
    """
    found: list[tuple[str, int, int]] = []
    for match in _SOUNDED.finditer(folded):
        piece = match[0]
        if piece.isascii():
            found += [(part, match.start(), match.end()) for part in split(piece.strip("'")) or ()]
        elif "\u3400" <= piece <= "\u9fff" and (readings := sounds(piece)):
            found.append((readings[0], match.start(), match.end()))
    return found


def by_reading(chars: Iterable[str], readings: int) -> dict[str, list[str]]:
    """Syllable → those of the characters that may be read so, by so many of their commonest readings."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in filter(None, chars):
        for reading in sounds(char)[:readings]:
            found[reading].append(char)
    return dict(found)


def spellings(word: str, limit: int = 4) -> Sequence[tuple[str, ...]]:
    """How a Chinese word may be typed in pinyin: its syllables, with the second readings of its characters too.

    At most `limit` spellings, the one by the commonest readings first; () where a character has no reading.
    """
    ways: list[tuple[str, ...]] = [()]
    for char in word:
        readings = sounds(char)[:2]
        if not readings:
            return ()
        ways = [(*way, reading) for reading in readings for way in ways][:limit]
    return ways
