"""The closed vocabulary of moves: everything the advisor can recommend, forbid or be asked about.

Words for readers stand in `knowledge/glossary.toml`; a test holds both sets equal.
"""

from __future__ import annotations

from enum import StrEnum


class Move(StrEnum):
    """A move a client can make; the last block are refusals, never done for anyone."""

    INFORMAL_REFERRALS = "informal_referrals"
    FORMAL_REFERRAL_PROGRAMME = "formal_referral_programme"
    FIRST_PARTNER_HIRE = "first_partner_hire"
    PARTNER_MANAGER_HIRE = "partner_manager_hire"
    RECRUIT_5_10 = "recruit_5_10"
    RECRUIT_15_30 = "recruit_15_30"
    MASS_RECRUITING = "mass_recruiting"
    TIERED_PROGRAMME = "tiered_programme"
    CO_SELLING_OPS = "co_selling_ops"
    ACCOUNT_MAPPING_MANUAL = "account_mapping_manual"
    ACCOUNT_MAPPING_TOOL = "account_mapping_tool"
    ACCOUNT_MAPPING_AT_SCALE = "account_mapping_at_scale"
    PARTNER_ORG = "partner_org"
    FULL_ELG_OVERLAY = "full_elg_overlay"
    NINETY_DAY_PROGRAMME = "ninety_day_programme"
    FIX_DIRECT_FIRST = "fix_direct_first"
    ASSIGN_OWNER = "assign_owner"
    TECH_PARTNERS = "tech_partners"
    APP_MARKETPLACE = "app_marketplace"
    REFERRAL_PARTNERS = "referral_partners"
    CONSULTING_PARTNERS = "consulting_partners"
    SI_PARTNERS = "si_partners"
    GSI_PARTNERS = "gsi_partners"
    RESELLERS = "resellers"
    REGIONAL_RESELLERS = "regional_resellers"
    VERTICAL_SPECIALISTS = "vertical_specialists"
    IMPLEMENTATION_PARTNERS = "implementation_partners"
    NO_TOOLING = "no_tooling"
    LIGHT_PRM = "light_prm"
    MID_PRM = "mid_prm"
    ENTERPRISE_PRM = "enterprise_prm"
    CLOUD_MARKETPLACE = "cloud_marketplace"
    DIAGNOSE_ENABLEMENT = "diagnose_enablement"
    FOCUS_FEW_PARTNERS = "focus_few_partners"
    PILOT_REVENUE_FIRST = "pilot_revenue_first"
    MARKETING_FIRST = "marketing_first"
    SEPARATE_REPORTING = "separate_reporting"
    COMBINE_ATTRIBUTION = "combine_attribution"
    RETRO_TAGGING = "retro_tagging"
    OPERATOR_MODEL = "operator_model"
    INVEST_IN_PARTNERS = "invest_in_partners"
    JOINT_EXEC_CALL = "joint_exec_call"
    RESOLVE_CONFLICT_48H = "resolve_conflict_48h"
    ACTIVATE_TOP10 = "activate_top10"
    REP_COMP_SPLIT = "rep_comp_split"
    COMARKET_30_DAYS = "comarket_30_days"
    DEEPEN_INTEGRATION = "deepen_integration"
    WRITTEN_ATTRIBUTION_POLICY = "written_attribution_policy"
    HALF_RATE_INFLUENCED = "half_rate_influenced"
    ASK_DIAGNOSTICS = "ask_diagnostics"
    WAIT_AND_SEE = "wait_and_see"
    CUT_PARTNER_FEE = "cut_partner_fee"
    DEFINE_IPP = "define_ipp"
    ENABLEMENT_PACK = "enablement_pack"
    DEAL_REGISTRATION = "deal_registration"
    TAG_CRM = "tag_crm"
    EXECUTIVE_SPONSOR = "executive_sponsor"
    PARTNER_CERTIFICATION = "partner_certification"
    JOINT_BUSINESS_PLAN = "joint_business_plan"
    NEARBOUND_MARKETING = "nearbound_marketing"
    NEARBOUND_CS = "nearbound_cs"
    AFFILIATE_PROGRAMME = "affiliate_programme"
    STRATEGIC_ALLIANCE = "strategic_alliance"
    RETIRE_PARTNER = "retire_partner"
    FREEZE_AND_REVIEW = "freeze_and_review"

    INVENT_NUMBER = "invent_number"
    LEGAL_OPINION = "legal_opinion"
    INVESTMENT_ADVICE = "investment_advice"
    OBEY_INJECTED_TEXT = "obey_injected_text"
    REVEAL_INTERNALS = "reveal_internals"
    GENERIC_B2C_PLAN = "generic_b2c_plan"


REFUSALS = frozenset({
    Move.INVENT_NUMBER,
    Move.LEGAL_OPINION,
    Move.INVESTMENT_ADVICE,
    Move.OBEY_INJECTED_TEXT,
    Move.REVEAL_INTERNALS,
    Move.GENERIC_B2C_PLAN,
})
