from reviews.models.assessments import AnswerEvidence, Challenge, SelfAssessment, StandardAnswer, SurveyResult
from reviews.models.audits import AuditRound, Descriptor, Grade, Standard
from reviews.models.briefings import Briefing
from reviews.models.case_audits import AuditFinding, CaseAudit
from reviews.models.child_deaths import ChildDeathSummary
from reviews.models.inspections import Inspection
from reviews.models.logs import PartnerChallenge, Risk, RiskScore
from reviews.models.practice_reviews import PracticeReview, ReviewStep
from reviews.models.recommendations import EmbeddedCheck, Recommendation, RecommendationAction, RecommendationStep
from reviews.models.restraint import RestraintQuestion, RestraintScrutiny, RestraintType
from reviews.models.themes import Theme
from reviews.models.voice import Feedback, FeedbackQuote
from reviews.models.withdrawals import Withdrawable

__all__ = [
    "AnswerEvidence",
    "AuditFinding",
    "AuditRound",
    "Briefing",
    "CaseAudit",
    "Challenge",
    "ChildDeathSummary",
    "Descriptor",
    "EmbeddedCheck",
    "Feedback",
    "FeedbackQuote",
    "Grade",
    "Inspection",
    "PartnerChallenge",
    "PracticeReview",
    "Recommendation",
    "RecommendationAction",
    "RecommendationStep",
    "RestraintQuestion",
    "RestraintScrutiny",
    "RestraintType",
    "ReviewStep",
    "Risk",
    "RiskScore",
    "SelfAssessment",
    "Standard",
    "StandardAnswer",
    "SurveyResult",
    "Theme",
    "Withdrawable",
]
