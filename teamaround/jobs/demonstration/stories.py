"""What happens in the invented episodes: one short story each, told as practitioners, children and parents tell it."""

from dataclasses import dataclass
from datetime import date

from teamaround.kit import dates


@dataclass(frozen=True)
class Story:
    """What is hard, what is good, what is done. `helpers` are agencies' codes; `actions` (whose, what) go in order:
    "coordinator", "family", or the place of a helper."""

    ages: tuple[int, int]
    element: str
    reason: str
    strengths: str
    needs: str
    change: str
    child: str
    parent: str
    outcome: str
    measure: str
    actions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    decision: str
    child_later: str
    parent_later: str
    summary: str
    helpers: tuple[str, ...]
    level: str = "additional"


STORIES = (
    Story(
        (4, 11), "housing",
        "Often late and very tired since the family moved into one room. Falls asleep after lunch.",
        "Has friends in class and never misses a chance to draw. Reads above what is expected for the age.",
        "Five people share two small rooms with damp on one wall. Homework is done on the bed, and nobody sleeps well.",
        "A dry place to sleep, and a calm evening three times a week.",
        "I like school. At home the baby cries and the wall is wet. I would like my own pillow side.",
        "We are not proud of the flat but we are proud of the children. We have written to housing twice.",
        "Sleeps through at least five nights a week", "Sleep diary, and awake at register",
        (("1", "Visit the flat and report on the damp and the number of rooms"),
         ("coordinator", "Keep a place in breakfast club and note tired days"),
         ("family", "Try the same bedtime for all on school nights")),
        ("Mum showed photographs of the wall. Everyone agreed that it is not safe to wait for winter.",
         "The sleep diary shows four good nights out of fourteen."),
        "Housing inspects within two weeks; school keeps breakfast club free of charge.",
        "My bed is dry now. I finished a whole book.", "We still wait for the bigger flat but we sleep.",
        "The family has moved to a dry three-room flat; lateness is down from eleven days to one in a half term.",
        ("NMR-H01", "NMR-R01"),
    ),
    Story(
        (4, 11), "speech_language",
        "Hard to understand for people outside the family, and has begun to give up when asked to repeat.",
        "Tells long stories with hands and face; brothers understand it all. Loves building.",
        "Sounds at the start of words are missing. Two quarrels at playtime began with not being understood.",
        "To be understood by friends, and to have another way when words do not come.",
        "They say what, what. Then I go to the bricks.",
        "At home we understand, so we did not think it was that hard at school. We want to learn how to help.",
        "Is understood by classmates in play", "Teacher's note each Friday: how often somebody had to guess",
        (("1", "Ask speech and language therapy for a first appointment"),
         ("coordinator", "Teach the class ten signs, with the child as the expert"),
         ("family", "Read one picture book together on four evenings a week")),
        ("The class has taken to the signs at once; the child corrects the teacher.",),
        "Therapy first, and look again after six visits.",
        "I am the sign boss.", "The waiting list was long, but the talking is coming.",
        "Understood by most classmates; therapy goes on in school with a programme.", ("NMR-H01", "NMR-C01"),
    ),
    Story(
        (5, 12), "family_relationships",
        "Quiet and watchful since dad moved out; has stopped going to swimming and asks often who will collect.",
        "Kind to younger children, has a grandmother nearby who comes every Sunday.",
        "Does not know when the next visit is. Mother is worn out and worries about money.",
        "To know each week who comes when, and for mum to have one evening off.",
        "I want a calendar with the days that are true.",
        "I do not want him in the middle. I am tired, that is all, and I have nobody to say it to.",
        "Knows the plan of the week and keeps it on the wall", "Says on Monday who collects on Friday",
        (("coordinator", "Make a week plan with the child and send it to both parents"),
         ("1", "Match the family with a volunteer for two hours on Wednesdays"),
         ("family", "Tell school by Sunday evening when a visit changes")),
        ("Both parents came. It was the first time they had sat at one table since spring.",),
        "One calendar for both homes; grandmother keeps a copy.",
        "The calendar is true nearly always.", "I go to a pottery class. I had forgotten that I like it.",
        "Visits are regular, swimming has begun again, mother has support of her own.", ("NMR-V01", "NMR-L01"),
    ),
    Story(
        (11, 17), "participation",
        "Attendance has fallen to 62 per cent since Year 8. Comes for art and leaves at lunch.",
        "Draws comics that the whole year reads. Looks after a little sister without being asked.",
        "Anxious in the corridor between lessons; was called names last year and never told anyone.",
        "A way into school that does not go through the main hall, and one adult who knows.",
        "It is not that I do not want to learn. It is the noise. When I am in the room it is fine.",
        "Every morning is a fight and I lose my job if I am late again.",
        "Attends four mornings a week by half term", "Register, and own score from 0 to 10 each Friday",
        (("coordinator", "Agree a quiet entrance and a timetable with gaps"),
         ("1", "Meet every Tuesday at the youth club to plan the week"),
         ("2", "Offer six sessions on worry and panic"),
         ("family", "Walk together to the corner, no further, on school days")),
        ("The young person chaired the last ten minutes and asked for the art room at lunch.",),
        "Start with mornings; nobody rings home on a first bad day.",
        "I go in through the art block. It is my idea and it works.", "We eat breakfast now. I did not expect that.",
        "Attendance 91 per cent over ten weeks; the quiet entrance stays.", ("NMR-Y02", "NMR-H01"),
    ),
    Story(
        (10, 17), "wider_family",
        "Falls asleep in lessons; it came out that she cooks, washes and gives medicine at home every day.",
        "Organised beyond her years. Very close to her mother, proud of looking after her.",
        "Mother has multiple sclerosis and is getting worse; no carer comes. No time for friends or homework.",
        "To be a daughter again for some hours of the week, without feeling that she lets mum down.",
        "I do not want strangers to do it wrong. But I would like to go to the cinema.",
        "She should not have to lift me. I have not known whom to ask.",
        "Has two free afternoons a week", "Diary of free hours; homework handed in",
        (("coordinator", "Arrange homework time in school with a warm lunch"),
         ("2", "Ask adult services for an assessment of mother's care"),
         ("1", "Introduce the young carers' group on Thursdays")),
        ("She said what she does in a day. Nobody spoke for a while.",),
        "Care in the mornings first; school does not set detentions for lateness meanwhile.",
        "I went to the cinema. Twice.", "A carer comes at eight. We laugh more.",
        "Mother has care morning and evening; the young carers' group goes on.", ("NMR-Y02", "NMR-V01"),
        "complex",
    ),
    Story(
        (0, 4), "basic_care",
        "First baby, far from family; mother says she has not slept and cries when feeding does not work.",
        "Warm and attentive. Father takes over at night when he is not on shift. Weight is following the line.",
        "No one to ask nearby. Feeding takes hours and mother has stopped going out.",
        "To sleep, to eat a meal sitting down, and to meet one other mother.",
        "Turns to mother's voice, settles on her shoulder, smiles at father.",
        "I thought I was the only one. I would like somebody to show me, not tell me.",
        "Feeding is calm and mother goes out twice a week", "Mother's own score from 0 to 10",
        (("coordinator", "Visit weekly for six weeks to help with feeding"),
         ("1", "Walk with mother to the baby group the first two times"),
         ("family", "Father takes the evening feed on days off")),
        ("Grandmother joined by telephone from abroad; mother translated and laughed.",),
        "Weekly visits until feeding is calm; the doctor is asked about mood.",
        "Sat up and watched everybody; reached for the health visitor's badge.",
        "We have names in the telephone now. That is what changed.",
        "Feeding and mood are well; the family goes to the group by itself.", ("NMR-C01", "NMR-V01"),
    ),
    Story(
        (2, 5), "emotional_social",
        "Bites and pushes at nursery when others come close, mostly before lunch; quiet and sweet alone with an adult.",
        "Sings in two languages. Runs to mother at home time with arms open.",
        "Has few words in English. The family had four addresses in a year.",
        "To be able to say stop, and to have a corner nobody takes.",
        "Showed the den under the table and pulled the cloth down: mine.",
        "At home he is gentle with his cousins. The moving was hard for all of us.",
        "Plays beside two other children for ten minutes", "Key person's note on three days a week",
        (("coordinator", "Make a den that is his, and snack half an hour earlier"),
         ("1", "Show the family and nursery a picture board in both languages"),
         ("family", "Bring songs from home for the group")),
        ("The key person sang one of the songs. Mother cried, then laughed.",),
        "Earlier snack from tomorrow; look at words again in six weeks.",
        "Took the health visitor's hand to the den.", "He says stop. He says it to us too.",
        "No biting for seven weeks, and has a best friend.", ("NMR-C01", "NMR-H01"),
    ),
    Story(
        (8, 15), "behaviour",
        "Three exclusions since September, each after break. Says afterwards that he does not know why.",
        "Fair, funny, protects smaller boys. Mends bicycles, can do it with his eyes shut.",
        "Cannot calm down once it starts. Uncle, who was like a father, died in June; nobody at school knew.",
        "To leave a room before it goes wrong, and to have a place for missing somebody.",
        "He taught me gears. I do not want to talk, I want to do stuff.",
        "I did not say it at school, because I could not say it at all.",
        "Uses the exit card instead of his fists", "Number of cards used, number of incidents",
        (("coordinator", "Give an exit card and a person to go to"),
         ("1", "Begin the bicycle workshop on Saturdays, with a role for him"),
         ("2", "Offer grief support at home, at the family's pace")),
        ("He brought a bicycle pump to the meeting to explain pressure.",),
        "No exclusion without speaking to the coordinator first.",
        "I used the card nine times. I counted.", "He told me about the gears. We both cried and it was good.",
        "No exclusion for a term; helps to run the workshop.", ("NMR-Y02", "NMR-V01"), "complex",
    ),
    Story(
        (5, 16), "general_health",
        "Asthma that keeps her at home one day in five, and out of sport.",
        "Knows her triggers and can explain them to anyone. Wants to play football.",
        "Three hospital visits since spring; inhaler used when it is bad rather than before. Smoke in the stairwell.",
        "To breathe at night, and to play for the second half.",
        "It feels like a cat sits on me. I want to be a left wing.",
        "We were told different things by different people. We would like one plan on one sheet.",
        "No night in hospital this winter", "Peak flow chart; days at school",
        (("1", "Write one asthma plan with the family, copy to school and surgery"),
         ("coordinator", "Train three members of staff in the plan"),
         ("2", "Ask the landlord to deal with the smoke in the stairwell")),
        ("The nurse asked her to explain the inhaler to us. We had all been doing it wrong.",),
        "One plan on one sheet, on the fridge and in the school office.",
        "I played the second half and scored, nearly.", "One sheet. It sounds so little.",
        "No hospital visit for four months; plays on Saturdays.", ("NMR-H01", "NMR-R01"),
    ),
    Story(
        (6, 16), "identity_esteem",
        "New in the country since the summer; sits alone, good at mathematics, has not spoken in class.",
        "Writes beautifully in his own language and teaches his mother English in the evening.",
        "Teased about his coat and his lunch. The family does not know what it may ask for.",
        "One friend, and one lesson in which he is the one who knows.",
        "In my old school I was loud.",
        "He was the loud one, believe me. We left because it was not safe. Here we want to do it right.",
        "Speaks in class by his own choice", "He tells his mentor on Fridays when it happened",
        (("coordinator", "Find a friend in the mathematics club to go with him"),
         ("1", "Explain school, surgery and benefits with an interpreter"),
         ("2", "Bring a place in the Saturday football team, boots included")),
        ("With the interpreter he made everybody laugh within five minutes.",),
        "Interpreter at every meeting; letters home in two languages.",
        "I was loud on Thursday.", "We understand the letters. We have invited the neighbours.",
        "Takes part and has friends; the family knows where to ask.", ("NMR-V01", "NMR-L01"),
    ),
)  # fmt: skip

#: why families say no, as they say it
REFUSALS = (
    "We are grateful, but we would like to sort it out with the school first.",
    "Not now. My mother is ill and I cannot sit in meetings. Ask me again after Christmas.",
    "I do not want our story in a computer.",
)


def for_child(born: date | None, number: int) -> Story:
    """A story that fits the age; another one for the next child of the same age."""
    age = dates.age_on(born, dates.today()) if born else 0
    fitting = [one for one in STORIES if one.ages[0] <= max(age, 0) <= one.ages[1]] or [STORIES[-1]]
    return fitting[number % len(fitting)]
