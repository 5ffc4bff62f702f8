"""Two hundred texts on which every copy of the encoder must agree with the original. All written for Noema."""

ORDINARY = """The kettle had gone cold before either of them spoke.
I keep the letters in a tin under the stairs.
She was late, and this time nobody pretended not to notice.
Our results suggest that the effect is smaller than was first reported.
Turn left at the chapel and follow the wall until it ends.
The committee will meet again in the second week of March.
He has never once asked me what I wanted.
Do you remember the summer the river dried up?
Rain is expected along the coast by late afternoon.
We were not invited, and we did not go.
My grandmother taught herself to read at sixty.
It may be that the question itself is badly put.
The bridge was closed after cracks were found in its eastern pier.
Please send me the draft before you leave on Friday.
They said the house had been empty for years.
A good sentence leaves the room quieter than it found it.
Stir the onions until they are soft and golden.
Nobody at the table laughed.
The price of wheat rose by a third in a single month.
I think we should sell the car.
What would it take to change your mind?
The dog slept through the whole argument.
Photosynthesis turns light, water and carbon dioxide into sugar and oxygen.
There is no evidence that the two events are connected.
He wrote slowly, as if each word cost him money.
The new library opens its doors to the public tomorrow.
I was angrier than I let anyone see.
Every archive is also a record of what was thrown away.
Her thesis argues that maps are promises made by states.
The film is beautifully shot and utterly dull.
The film is a small miracle of patience and light.
You could hear the sea from the kitchen when the wind was right.
We measured the temperature at three depths, twice a day.
Unless the funding is renewed, the clinic will close in June.
The boy who lived next door became a judge.
Nothing in the contract prevents us from publishing the data.
Let's not pretend that this was an accident.
The moon had set and the road was perfectly dark.
Voters in the capital turned out in record numbers.
I can't promise anything, but I'll try.
The lecture lasted an hour longer than it should have.
Freedom, he liked to say, is mostly a matter of rent.
Salt the water generously before you add the pasta.
The patient reported no pain after the second week.
An unreliable narrator is still a narrator.
They moved to the city, and the city did not care.
The old theory explained the data; the new one explains the exceptions as well.
Could you possibly open the window a little?
The train to the north leaves from platform nine.
She laughed so hard that she had to sit down.
It rained on the day of the funeral and again on the day of the wedding.
Most of what we call memory is repair.
The engine starts, coughs and dies.
Children learn the rules of a game by breaking them.
The minister denied that any such meeting had taken place.
We walked home without a word.
Three of the seven samples were contaminated.
There was honey on the bread and snow on the sill.
The data were collected between January and April.
I don't believe a word of it.
The garden belongs to whoever waters it.
How long have you known?
After the war they rebuilt the town stone by stone, from photographs.
My brother sends his love and asks for money.
Somewhere above us a door opened and closed.
This chapter describes the method and its limits.
The judge asked the witness to repeat her answer.
He is a careful man, and a lonely one.
Sailors used to say that whistling brings the wind.
The museum bought the painting and then lost it.
I miss the way the light came in.
If the pump fails, the second pump starts by itself.
Her voice was so quiet that the recorder missed it.
The report was written by people who had never been there.
Grief is a kind of weather.
The union rejected the offer by a narrow margin.
Some of the interviews were carried out by telephone.
They had been friends for forty years and rivals for forty-one.
Bring a coat; the evenings are cold up here.
In winter the lake freezes from the edges inward.
The algorithm visits each node exactly once.
Nobody told us the rules had changed.
I would rather be wrong in good company.
The baker on the corner closes at noon.
The question was whether anyone had actually read it.
She folded the map the wrong way, as everyone does.
A second experiment failed to confirm the first.
The hills were blue, then grey, then gone.
You are always welcome here.
The senator voted against the bill she had written.
We will need more chairs.
He apologised, but only to the camera.
The old dictionary gives a different meaning.
It is easier to praise patience than to practise it.
The cat has decided that the chair is hers.
Their first album sold badly and changed everything.
The vaccine was tested on eleven thousand volunteers.
I had the feeling that someone had just left the room.
The paper was rejected twice before it won the prize.
There are four ways to cross the mountains, and three of them are closed.
Tell me what happened, slowly, from the beginning.
The village has one road, two churches and no shop.
That is not what I meant at all.
Steam rises because it is lighter than the air around it.
The translators disagreed about a single comma.
My hands remember the song better than I do.
The company said it had fixed the fault within an hour.
The night shift begins when the street lamps come on.
We lost the match, but nobody seemed to mind.
It was, all things considered, a very small mistake.
The philosopher and the plumber arrived at the same time.
Everything I own fits in this suitcase.
The coral has begun to recover in the deeper water.
Write down the first word that comes to mind.
For years afterwards they spoke of it as the good winter.
She did not answer, and that was the answer.
Two thirds of the households had no running water.
Why should the reader trust you?
The orchestra tuned, fell silent, and waited.
History does not repeat itself, but it does borrow.
He'd have come if you'd asked him.
An honest map shows where it was guessed.
The tide comes in faster than a man can walk.
Our thanks are due to the people who let us listen.
I'd like a table for two, near the window, please.
The strike ended on the ninth day with a handshake.
Whatever she touched, she left a little straighter.
The last page of the notebook was torn out.
The river keeps its own calendar.""".split("\n")

AWKWARD = [
    "",
    " ",
    "\n",
    "\t\t",
    ".",
    "?!",
    "...",
    "a",
    "I",
    "0",
    "-",
    "'",
    '"',
    "\u00a0",
    "\u200b",
    "[MASK]",
    "[CLS] [SEP]",
    "  leading and trailing spaces  ",
    "a  b   c    d",
    "line one\nline two\r\nline three",
    "tab\tseparated\tvalues",
    "ALL CAPITALS, ALL THE TIME.",
    "mIxEd CaSe iS a StYlE",
    "no punctuation at all just words going on and on",
    "Yes.",
    "No!",
    "Why?",
    "Hm…",
    "Well — perhaps.",
    "“Curly quotes,” she said, ‘and single ones.’",
    "naïve café, jalapeño, façade",
    "Ångström, Łódź, Çelik, Søren, Dvořák, São Paulo",
    "Größe, Straße, Übermut",
    "e\u0301le\u0300ve written with combining accents",
    "L'été dernier, nous avons marché jusqu'à la mer.",
    "El niño comió una piña mañana.",
    "Der Fluß fließt schnell.",
    "Σωκράτης said nothing.",
    "Привет, мир!",
    "Всё будет хорошо.",
    "שלום עולם",
    "مرحبا بالعالم",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "今天天气很好。",
    "私は毎朝コーヒーを飲みます。",
    "한국어 문장도 있습니다.",
    "東京 and Osaka are connected by a fast train.",
    "😀",
    "I love this 😍😍😍",
    "👩‍👩‍👧‍👦 family 🏳️‍🌈 flag 🇮🇸",
    "☕ + 📚 = 🙂",
    "✓ done ✗ not done → next ← back",
    "3.14159",
    "1,234,567.89",
    "The answer is 42, or 0x2A, or 101010.",
    "12/05/1998 at 07:45",
    "+44 20 7946 0000",
    "£9.99, $12.50, €8, ¥900",
    "50 % of 3½ cups at 180 °C",
    "E = mc²",
    "x² + y² ≤ r², ∀x ∈ ℝ",
    "H₂O and CO₂",
    "1st, 2nd, 3rd, 4th",
    "https://example.org/path/to/page?query=1&other=two#part",
    "Write to someone@example.org or call.",
    "www.example.com",
    "C:\\Users\\me\\notes.txt",
    "/var/log/noema.log",
    "print('hello, world')",
    "for (let i = 0; i < n; i++) { sum += a[i] }",
    "SELECT name FROM authors WHERE born < 1900;",
    '<p class="lead">Not <em>really</em> markup</p>',
    '{"id": 7, "ok": true}',
    "snake_case camelCase kebab-case",
    "antidisestablishmentarianism",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "x" * 120,
    "ha" * 60,
    "a-b-c-d-e-f-g",
    "!!!???!!!",
    "(((())))",
    "\u202eright to left mark",
    "zero\u200bwidth\u200bspace",
    "\ufeffbyte order mark",
    "a\u0000b",
    "\ue000 private use \uf8ff",
    "can't won't shouldn't I'd've y'all",
    "rock 'n' roll",
    "Mr. and Mrs. O'Neill-Smith, Ph.D.",
    "U.S.A. vs. U.K.",
    "etc., i.e., e.g.",
    "word " * 40,
    "the " * 300,
]


def _long() -> list[str]:
    """Texts about as long as the 256 tokens at which the encoder cuts, shorter and longer."""
    joined = [
        " ".join(ORDINARY[start : start + count]) for start, count in ((0, 12), (20, 20), (50, 26), (0, 60), (60, 69))
    ]
    return joined + ["東京の夜は静かです。" * 40, "😀 smile " * 120, "one, two; three: four. " * 60]


def texts() -> list[str]:
    """The 200 reference texts, in a fixed order."""
    awkward = AWKWARD + _long()
    return (awkward + ORDINARY)[:200]
