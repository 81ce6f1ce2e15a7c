"""The words of the workforce: the nine sectors, kinds of agency, and training modules (casework.md 5.6)."""

from django.db.models import TextChoices


class Sector(TextChoices):
    DRUG_AND_ALCOHOL = "drug-and-alcohol", "Drug and alcohol"
    EARLY_YEARS = "early-years", "Early years"
    EDUCATION = "education", "Education"
    HEALTH = "health", "Health"
    SOCIAL_CARE = "social-care", "Social care"
    THIRD_SECTOR = "third-sector", "Third sector"
    YOUTH_SUPPORT = "youth-support", "Youth support"
    YOUTH_OFFENDING = "youth-offending", "Youth offending"
    SPORT_PLAY_LEISURE = "sport-play-leisure", "Sport, play and leisure"


class AgencyKind(TextChoices):
    SCHOOL = "school", "School"
    NURSERY = "nursery", "Nursery or childcare"
    CENTRE = "centre", "Children's centre"
    GP = "gp", "GP practice"
    HEALTH_SERVICE = "health-service", "Health service"
    MENTAL_HEALTH = "mental-health", "Mental health service"
    SOCIAL_CARE = "social-care", "Children's social care"
    EARLY_HELP = "early-help", "Early help service"
    POLICE = "police", "Police"
    YOUTH_OFFENDING = "youth-offending", "Youth offending team"
    YOUTH = "youth", "Youth service"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary or community body"
    DRUG_AND_ALCOHOL = "drug-and-alcohol", "Drug and alcohol service"
    LEISURE = "leisure", "Sport, play or leisure"
    INFORMATION = "information", "Family information service"
    COUNCIL = "council", "Council"


class Module(TextChoices):
    INTRO_INTEGRATED_WORKING = "intro-integrated-working", "Introduction to integrated working"
    INTRO_SHARING = "intro-information-sharing", "Introduction to information sharing"
    SHARING = "information-sharing", "Information sharing in practice"
    INTRO_CAF = "intro-common-assessment", "Introduction to the common assessment"
    INTRO_ASSESSMENT = "intro-assessment", "Introduction to assessment"
    CAF = "common-assessment", "Common assessment in practice"
    INTRO_LEAD = "intro-lead-professional", "Introduction to the lead professional role"
    LEAD = "lead-professional", "Lead professional in practice"
    SYSTEM = "system", "Using the system safely"
