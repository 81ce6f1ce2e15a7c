"""The forms that the product ships are whole: every field of the 2009 guidance, listed here apart from the forms."""

import pytest

from teamaround.casework import checklists
from teamaround.forms.code_lists import shipped_lists
from teamaround.forms.definitions import read, shipped
from teamaround.forms.publishable import problems_to_publish
from teamaround.forms.publishing import SHIPPED

#: casework.md 2.1: header and people
HEADER = """
caf.admin.started_on caf.admin.completed_on caf.admin.version caf.admin.reference caf.admin.existing_enquiry_made
caf.admin.form
child.given_names child.family_name child.also_known_as child.sex child.address child.postcode child.phone child.email
child.date_of_birth child.expected_date child.reference child.nhs_number child.upn child.school
caf.identity.ethnicity caf.identity.ethnicity_other caf.identity.religion caf.identity.immigration_status
caf.identity.first_language caf.identity.parent_first_language
caf.access.disability caf.access.disability_kinds caf.access.disability_details caf.access.interpreter_required
caf.access.interpreter_arranged caf.access.child_requirements caf.access.parent_requirements
caf.local.sen caf.local.sen_support caf.local.risk_of_exclusion caf.local.young_carer caf.local.sexual_orientation
caf.local.asylum_status caf.local.child_present
caf.assessment.people_present caf.assessment.reason caf.assessment.presenting_issues
caf.parents.name caf.parents.phone caf.parents.relationship caf.parents.address caf.parents.postcode
caf.parents.parental_responsibility caf.parents.date_of_birth caf.parents.ethnicity caf.parents.email
caf.home.situation caf.home.household.name caf.home.household.relationship caf.home.household.previous_caf
caf.home.absent.name caf.home.absent.contact caf.home.absent.previous_caf
caf.assessor.name caf.assessor.role caf.assessor.organisation caf.assessor.phone caf.assessor.email
caf.assessor.address caf.assessor.co_author.name caf.assessor.contributors.name caf.assessor.contributors.role
caf.assessor.contributors.contact caf.assessor.contributors.contributed
caf.lead.name caf.lead.contact
caf.services.gp caf.services.gp_details caf.services.education caf.services.education_details
caf.services.universal.kind caf.services.universal.details caf.services.others.name caf.services.others.service
caf.services.others.contact caf.services.others.agency caf.services.others.other_area
"""

#: casework.md 2.2: nineteen elements in three domains
ELEMENTS = {
    "Development of the child or young person": """
        caf.dev.health.general caf.dev.health.physical caf.dev.health.speech caf.dev.emotional caf.dev.behaviour
        caf.dev.identity caf.dev.relationships caf.dev.self_care caf.dev.learning.understanding
        caf.dev.learning.participation caf.dev.learning.progress caf.dev.learning.aspirations
    """,
    "Parents and carers": "caf.parenting.basic_care caf.parenting.warmth caf.parenting.guidance",
    "Family and environment": "caf.family.functioning caf.family.wider caf.family.housing caf.family.community",
}
ASKED_OF_EACH = "strengths needs evidence evidence_source child_view parent_view disagreement disagreement_details"

#: casework.md 2.3: C1 to C10
CONCLUSIONS = """
caf.conclusions.strengths caf.conclusions.needs caf.conclusions.level caf.conclusions.what_needs_to_change
caf.goals.how_we_will_know caf.goals.at_review
caf.solutions.actions.what caf.solutions.actions.who caf.solutions.actions.by_when caf.solutions.review_on
caf.solutions.review_invited.name caf.solutions.services_requested.service
caf.level.at_start caf.level.at_closure
caf.comment.child.mode caf.comment.child.words caf.comment.child.typed_by caf.comment.child.reason_not_obtained
caf.comment.parent.mode caf.comment.parent.words caf.comment.parent.typed_by caf.comment.parent.reason_not_obtained
caf.safeguarding.notice
caf.consent.record caf.consent.notice caf.consent.revisited caf.consent.changed caf.consent.copy_given
caf.signatures.who caf.signatures.method caf.signatures.held_by caf.signatures.on caf.signatures.witness
"""

#: casework.md 1.2: P0 to P9
CHECKLIST = """
child.given_names child.family_name child.also_known_as child.sex child.date_of_birth child.expected_date
child.address child.postcode child.phone
checklist.author.name checklist.author.role checklist.author.organisation checklist.author.on
checklist.healthy checklist.healthy.evidence checklist.safe checklist.safe.evidence
checklist.learning checklist.learning.evidence checklist.positive_impact checklist.positive_impact.evidence
checklist.free_from_poverty checklist.free_from_poverty.evidence
checklist.services_needed.for_whom checklist.services_needed.service checklist.can_provide
checklist.caf_would_help checklist.who_assesses checklist.assessor.name checklist.assessor.contact
"""

#: questions whose answers come from lists (casework.md 2.4), with the list
CODED = {
    "child.sex": "sex@2009",
    "caf.identity.ethnicity": "ethnicity@2009",
    "caf.identity.religion": "religion@2009",
    "caf.access.disability_kinds": "disability@2009",
    "caf.assessment.presenting_issues": "presenting-issue@1",
    "caf.comment.child.mode": "comment-mode@1",
    "caf.comment.parent.mode": "comment-mode@1",
    "caf.conclusions.level": "level-of-need@1",
}

#: words that ask for a judgement where an observation and its source are wanted (casework.md 2.2)
ADJECTIVES = ("appropriate", "adequate", "suitable", "good enough", "normal")

CAF = shipped("common-assessment-2009")
PRE = shipped("pre-assessment-checklist-2009")


def asked(definition):
    return {field.concept for _, field in definition.every_field()}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_may_be_published(name):
    assert problems_to_publish(shipped(name)) == []


def test_the_common_assessment_asks_every_field_of_its_header():
    assert set(HEADER.split()) - asked(CAF) == set()


def test_the_common_assessment_has_nineteen_elements_in_three_domains():
    shared = [section for section in CAF.sections if f"{section.concept}.strengths" in CAF.by_concept]
    elements = [section for section in shared if section.concept != "caf.conclusions"]
    assert len(elements) == 19
    for part, concepts in ELEMENTS.items():
        assert [section.concept for section in elements if section.part == part] == concepts.split()


def test_each_element_asks_for_strengths_needs_evidence_views_and_where_they_differ():
    for concept in " ".join(ELEMENTS.values()).split():
        assert {f"{concept}.{one}" for one in ASKED_OF_EACH.split()} - asked(CAF) == set()


def test_each_element_says_what_to_look_at_and_asks_for_no_adjective():
    for section in CAF.sections:
        if section.concept in " ".join(ELEMENTS.values()).split():
            assert len(section.prompts) >= 3, section.key
            words = " ".join(section.prompts).lower()
            assert not [one for one in ADJECTIVES if one in words], section.key


def test_the_common_assessment_asks_for_conclusions_comments_consent_and_signatures():
    assert set(CONCLUSIONS.split()) - asked(CAF) == set()


def test_the_checklist_asks_every_item_of_the_national_form():
    assert set(CHECKLIST.split()) - asked(PRE) == set()


def test_the_five_questions_of_the_checklist_can_be_answered_with_not_sure():
    for key in ("healthy", "safe", "learning", "positive_impact", "free_from_poverty", "can_provide"):
        assert set(PRE.field(f"checklist.{key}").choices) == {"yes", "no", "not_sure"}


def test_answers_that_have_codes_use_the_national_lists():
    assert {concept: CAF.field(concept).codes.ref for concept in CODED} == CODED


def test_the_decision_reads_questions_that_the_checklist_asks():
    assert {*checklists.CONCEPTS.values(), checklists.SPECIALIST} - set(PRE.by_concept) == set()


def test_every_shipped_list_is_used_or_kept_for_a_reason():
    used = {ref for name in SHIPPED for ref in shipped(name).lists()}
    # Gender identity is not in the 2009 form; it is kept for the forms of today.
    assert set(shipped_lists()) - used == {"gender-identity@2024"}


def test_both_forms_ask_for_the_same_facts_of_a_child_by_the_same_concepts():
    assert {one for one in asked(PRE) if one.startswith("child.")} <= asked(CAF)


def test_what_is_special_or_a_third_partys_is_in_its_class():
    special = (
        "caf.identity.ethnicity",
        "caf.identity.religion",
        "caf.access.disability",
        "caf.dev.health.general.needs",
    )
    assert {CAF.field(concept).privacy for concept in special} == {"P4"}
    assert CAF.field("child.address").privacy == "P2"
    assert CAF.field("child.family_name").privacy == "P1"


def test_no_shipped_form_has_changed_since_it_was_published():
    """Whoever changes a shipped form after a release gives it a new version, and its checksum here."""
    assert {f"{shipped(name).key} {shipped(name).version}": shipped(name).checksum for name in SHIPPED} == CHECKSUMS
    assert all(read(shipped(name).as_document()).checksum == shipped(name).checksum for name in SHIPPED)


CHECKSUMS = {
    "common-assessment 2009.1": "124e4dc8b9cfcfacbf8968daf918f673fc573063eceefe4abf09d9ac9f24bd7c",
    "pre-assessment-checklist 2009.1": "2f3821ba2c025e11f0cebb2b5ac09f8bea2dd99b2c610cac8763ae338f61bf8e",
}
