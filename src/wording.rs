//! What the interface says, apart from the code that says it: one text for each
//! [`Word`], in one file for each language (`wording/` beside `policies/`).
//!
//! The interface is what `browser`, `app`, `embed` and the scripts in `web/`
//! say, and why a file is not opened. The reasons of the assessment, the checks
//! of answers and the official papers are none of it: they are made of the words
//! of the scheme, which has one language, and the papers are handed in in that
//! language.
//!
//! No text stands in the module. It is handed them at its start as a JSON array
//! in the order of the words.

use core::fmt::Display;
use std::collections::{BTreeMap, BTreeSet};

use crate::json::{Json, turns_direction};

/// Makes the closed list of words, and the list of their names.
macro_rules! words {
    ($($name:ident)*) => {
        /// The purpose of a text of the interface. The name is that of its table
        /// and its id in the wording files: `CommonListComma` is `list_comma` in
        /// `[common]`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Word {
            $(
                $name,
            )*
        }

        impl Word {
            /// The names of all words in the order of their texts.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
        }
    };
}

words! {
    CommonListComma CommonChoose CommonSeeOther CommonColon CommonUnanswered CommonYes CommonNo
    CommonNotBegun CommonDone CommonFaults CommonByTool CommonTakeBack CommonMet CommonUnmet
    CommonUnclear CommonOfFull CommonComma CommonGoAnswer CommonReason
    CommonSemicolon

    StepsPrecheck StepsQuestions StepsForm StepsEligibility StepsScore StepsEvidence StepsReview

    ScorePartRows ScorePartAdvice ScorePartWhatIf ScorePartDoubts

    ActionsNoWord ActionsCaseFileName ActionsTableFileName ActionsDownloaded ActionsDownloadRefused
    ActionsWordLoading ActionsPrintRefused ActionsPrintPerhapsRefused ActionsPictureRefused
    ActionsShareRefused ActionsShowRefused ActionsReencoded
    ActionsFileUnreadable
    ActionsNothingChanged ActionsUnnamedCase ActionsCaseOpened ActionsWithheld ActionsBroughtBack
    ActionsNewCaseMade ActionsRolledOver ActionsSampleLoaded ActionsAllCleared ActionsNotCleared
    ActionsExportJson ActionsExportHtml ActionsExportWord ActionsExportCsv ActionsExportPicture ActionsExportPrint
    ActionsCaseNotLoaded ActionsOneAtATime

    RefusalTooLarge RefusalCutShort RefusalNotJson RefusalOtherFormat RefusalNoCaseInPaper RefusalNewer
    RefusalOtherEncoding RefusalEmpty RefusalWebArchive RefusalOwnPage RefusalPicture RefusalPdf RefusalOldOffice
    RefusalOtherOffice RefusalArchive RefusalRichText RefusalTable RefusalLink RefusalPlainText RefusalUnknown
    RefusalOtherPolicy RefusalBroken RefusalJsonCutShort RefusalJsonRepeatedKey RefusalJsonTooDeep
    RefusalJsonSyntax RefusalVersion RefusalMissing RefusalText RefusalGroup
    RefusalList RefusalYear RefusalDate RefusalOneOf

    SavingDraftUnreadable SavingDraftPartsUnreadable SavingSaved SavingInBrowser SavingInTab
    SavingRecovered SavingLatestLoaded SavingEarlierBroughtBack SavingRawRecord

    DialogPrintTitle DialogPrivateEntered DialogPrint DialogExportTitle DialogExport
    DialogClearTitle DialogClearText DialogClear DialogNewTitle DialogNewText DialogNew
    DialogYearTitle DialogYearText DialogYearGo DialogSampleTitle DialogSampleText DialogSample
    DialogPrivateLegend DialogPrivateBlank DialogPrivateMasked DialogPrivateFull DialogKeepYear
    DialogLater DialogCancel DialogPublicTitle DialogPublicText DialogPublic

    FieldRequired FieldDateExample FieldChangeTo FieldSameAs FieldWritten FieldShow FieldHide

    HeaderWillBeSaved HeaderKeptWhileOpen HeaderNotSaved HeaderBasedOn HeaderDisplay HeaderLargeText
    HeaderHighContrast HeaderCase HeaderNewCase HeaderOpenFile HeaderOpenFileLabel HeaderLoadSample
    HeaderClearAll HeaderBringBack HeaderUnderstood HeaderKeptNowhere HeaderExportNow HeaderStopped
    HeaderPublicMachine HeaderNeverBackedUp HeaderBackedUpSometime HeaderBackedUpYesterday HeaderMaybeChangedSince HeaderBackedUpToday HeaderBackedUpBefore HeaderChangedSince HeaderStale
    HeaderWiped HeaderNewer HeaderLoadLatest HeaderSaveCopy HeaderSaveAgain HeaderExportRaw

    ItemsListName ItemsListSummary ItemsAdd ItemsRemoveEntry ItemsEntry ItemsDate ItemsRemove
    ItemsRemoved

    PreviewSummary PreviewLabel

    QuestionOptional QuestionJudged QuestionGoToQuestion QuestionClearAnswerTo QuestionClearAnswer
    QuestionYuan QuestionDateExample QuestionUnitChoice QuestionInTenThousandYuan QuestionInYuan
    QuestionCentsDropped QuestionMoneyUnderstood QuestionTypedRemark QuestionTypedRemarkDrop QuestionOptionOf QuestionSome QuestionNone QuestionPeriodLastYear
    QuestionPeriodCutoff QuestionPeriodMonth QuestionPeriodSince QuestionExamples QuestionCounts
    QuestionCountsNot QuestionCheckedByPapers QuestionNotNeeded QuestionDateWanted
    QuestionNotCounted QuestionTake QuestionUsedFor QuestionEffectRange QuestionEffectRow
    QuestionEffectIncomplete QuestionEffectInvalid QuestionEffectRule QuestionSuggestion

    RangeSure RangeSpan RangeOpen RangeMark

    ResultByReading ResultOpenRows ResultLabel ResultTotal ResultChosenCounted ResultLoweredCounted
    ResultBothCounted ResultAllMet ResultCountedMet ResultCountedUnmet ResultCountedUnclear ResultCountedReminders ResultWithoutReason
    ResultEligibility ResultAnnounced ResultReadings

    SourceSummary

    StaircaseNow StaircaseNext StaircaseByAnalogy StaircaseIdlePremise StaircaseIdleOutdone
    StaircaseUnit StaircaseAnalogyNote StaircasePoints StaircasePointsOff StaircaseAhead
    StaircaseAheadIf StaircaseStanding

    TaskListUnderway TaskListUnmet TaskListDoneAndEligible TaskListFaulty TaskListCanExport
    TaskListIncomplete TaskListPlace TaskListLabel

    TraceCheck TraceEquals TraceReckoned TraceReadingsUsed TraceScoring TraceDeciding TraceSource
    TraceAnswers TraceIsMet TraceIsUnmet TraceIsUnclear TracePointsOfFull TracePoints
    TraceDoesNotCount TraceRowOpen TraceRowCapped TraceRowNothing TraceRowGiven TraceRuleResult TraceRuleReminds

    WarningSettled WarningLetStand

    FrameSkip FramePrevious FrameNext

    FormKeepingByHand FormKeepingThisTime FormKeepingStored FormIntro FormPrivateLegend
    FormByHandHint FormThisTimeHint FormStoredHint FormOffice FormNothingToDraft FormDraftLength
    FormUndoDraft FormRedoDraft FormStale FormRenewDraft FormDraftLead FormDraftNote FormAddress

    EligibilityAllMet EligibilityMetWithReminders EligibilitySomeUnmet EligibilitySomeOpen EligibilityByReadings
    EligibilityIntro EligibilityConditions EligibilityGuidanceLabel EligibilityGuidance
    EligibilityJudgement EligibilitySoft EligibilityReminder EligibilityWhereToAnswer

    EvidenceIntro EvidenceClaim EvidenceClaims EvidenceNote EvidenceNoteOf EvidenceKeptBy
    EvidenceUsedFor EvidenceLacks EvidenceOr EvidenceNoneApplies EvidenceMoot EvidenceRest
    EvidenceRestLead EvidenceRestGo EvidenceRestNot EvidenceRestDone

    PrivacySummary PrivacyWhoHead PrivacyWho PrivacyWhatHead PrivacyWhat PrivacySensitiveHead
    PrivacySensitive PrivacyWhereHead PrivacyWhere PrivacyKeptHead PrivacyKept
    PrivacyFilesHead PrivacyFiles PrivacyErasingHead PrivacyErasing PrivacySiteHead PrivacySite

    PrecheckReminders PrecheckQuestions PrecheckBegin PrecheckFailing PrecheckOpen PrecheckMet PrecheckMetWithReminders PrecheckWaysOn
    PrecheckResult PrecheckGoOn PrecheckCarried

    QuestionsUnchecked QuestionsIntro QuestionsArrangement QuestionsByPapers QuestionsByScoreSheet
    QuestionsDateWanted QuestionsDateInFuture QuestionsChangeOf QuestionsChange QuestionsCutoff QuestionsContents
    QuestionsNarrative QuestionsGoFill QuestionsFillZeroAndNo QuestionsFillZero QuestionsFillNo
    QuestionsFilled QuestionsZero QuestionsNo QuestionsFillLead QuestionsFill QuestionsFillNot QuestionsFillLeavesOut
    QuestionsConditions QuestionsConditionsNote QuestionsSectionTitle
    QuestionsYear QuestionsAnsweredBy QuestionsFormFields QuestionsOptional

    ReviewIntro ReviewFieldFinding ReviewFactFault ReviewRowConflict ReviewNoFaults
    ReviewFaultsTitle ReviewUnchecked ReviewClaims ReviewReadingWithoutReason ReviewEmptyFields ReviewOpenPoints ReviewFormHint
    ReviewScoreSheetHint ReviewReasonsHint ReviewBinderHint ReviewResultHint ReviewPapersLegend
    ReviewExport ReviewCaseTitle ReviewCaseTitleHint ReviewRemind ReviewPrint ReviewPrintHint ReviewWord
    ReviewWordHint ReviewHtml ReviewHtmlHint ReviewJson ReviewJsonHint ReviewShare ReviewShareHint
    ReviewCsv ReviewCsvHint ReviewPicture ReviewPictureHint ReviewUnanswered ReviewUnansweredMore
    ReviewCheckHint ReviewMissing ReviewMissingNote ReviewMissingSheet ReviewPrintMissing
    ReviewDownloadMissing
    ReviewEarlier ReviewEarlierState ReviewNoEarlier ReviewBringEarlier

    RulesChanged RulesSameVersion RulesRecordDiffers RulesNoRecord RulesOtherAnswers RulesNothingMoved
    RulesDetails RulesMoved RulesThen RulesNow RulesNone RulesBothKept RulesHistory

    AdviceWaiting AdviceIntro AdviceOtherReadings AdviceNoSingleChange AdviceFillFirst AdviceNow
    AdviceNowNote AdviceNextYear AdviceNextYearNote AdviceHarmful AdviceHarmfulNote AdvicePoints
    AdviceTotal AdviceTriedOut AdviceWhereToAnswer AdviceTryOut AdviceAllReached AdviceSomeReached
    AdviceWayIn AdviceAnyOf AdviceShortest AdviceAnswerFirst AdviceSettled AdviceNoWay AdviceOpenRow
    AdviceOpenTitle AdviceOpenNote AdviceTargetWanted AdvicePlan AdvicePlanReached AdvicePlanShort
    AdvicePlanNow AdvicePlanLater AdvicePlanRest AdvicePlanTriedOut AdviceTryPlan AdviceLackOpen
    AdviceLackSettled AdviceLackNoMove AdviceLack AdviceSheetName AdvicePrintSheet
    AdviceDownloadSheet AdviceTarget

    DoubtsNoneMoves DoubtsIdle DoubtsMoving DoubtsMovingTitle DoubtsMovingNote DoubtsExpertHint
    DoubtsChosenForCase DoubtsExpert DoubtsExpertForCase DoubtsMovedBoth DoubtsMovedStrict
    DoubtsMovedLenient DoubtsMovesEligibility DoubtsTaken DoubtsInThisCase DoubtsSameReading
    DoubtsOnlyReading DoubtsWhy DoubtsConcerns DoubtsReadingMissing DoubtsReasonWanted
    DoubtsChoiceLegend DoubtsNotCounted DoubtsChosenIdle DoubtsChosenTold DoubtsReasonLabel DoubtsOtherProposal DoubtsFeedbackGiven
    DoubtsFeedback DoubtsEffect DoubtsFeedbackReasonWanted DoubtsFeedbackDelete DoubtsFeedbackLegend
    DoubtsFeedbackReason DoubtsFeedbackReasonLabel DoubtsFeedbackNote DoubtsPrint DoubtsDownload
    DoubtsFeedbackNone DoubtsFeedbackCount DoubtsQuestionsHint DoubtsOffice DoubtsOfficeNote
    DoubtsQuestionsSheet DoubtsFeedbackSheet DoubtsWords

    ScoreIntro ScoreRangeLabel ScoreOwn ScoreParts ScoreRange

    RowsIncomplete RowsInvalid RowsContent RowsStandard RowsDivisionsNote RowsRange RowsSeeStairs
    RowsUnmoved RowsMoved RowsChosen RowsChosenIdle RowsChosenLabel RowsWhyDiffers RowsStrict RowsLenient RowsCause
    RowsLoweredWanted RowsLoweredWrong RowsLoweredNegative RowsLoweredTooHigh
    RowsLoweredReasonWanted RowsLower RowsLowered RowsLowerLabel RowsLowerReasonLabel RowsLowerTo

    WhatIfNotScored WhatIfFact WhatIfNow WhatIfTried WhatIfEmpty WhatIfIntro WhatIfFacts WhatIfResults
    WhatIfBeforeAndAfter WhatIfFaulty WhatIfNowLead WhatIfDropLabel WhatIfDrop WhatIfAdd
    WhatIfChoose WhatIfUnchanged WhatIfTotal WhatIfStrict WhatIfLenient WhatIfRow WhatIfChange
    WhatIfUnmoved WhatIfVerdictSame WhatIfVerdictChanged WhatIfRuleChanged WhatIfAdopted WhatIfAdopt
    WhatIfClear
}

/// The texts of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    texts: Vec<String>,
}

impl Wording {
    /// Reads what [`in_order`] has put in order, as a JSON array.
    ///
    /// # Errors
    /// When it is no array of as many texts as there are words.
    pub fn from_json(json: &str) -> Result<Self, String> {
        let mut texts = Vec::with_capacity(Word::NAMES.len());
        if let Ok(Json::List(items)) = Json::parse(json) {
            texts.extend(items.into_iter().filter_map(|item| match item {
                Json::Text(text) => Some(text),
                _ => None,
            }));
        }
        if texts.len() == Word::NAMES.len() {
            Ok(Self { texts })
        } else {
            Err(String::from("the wording is of another build"))
        }
    }

    /// The text of a word.
    pub fn text(&self, word: Word) -> &str {
        self.texts.get(word as usize).map_or("", String::as_str)
    }

    /// The text of a word with its slots filled, each by what stands under its
    /// name; a mark that would turn the words behind it around is left out.
    pub fn fill(&self, word: Word, slots: &[(&str, &dyn Display)]) -> String {
        let mut filled = String::new();
        for part in parts(self.text(word)) {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Slot(name) => {
                    if let Some((_, value)) = slots.iter().find(|(slot, _)| *slot == name) {
                        let value = value.to_string();
                        filled.extend(value.chars().filter(|sign| !turns_direction(*sign)));
                    }
                }
            }
        }
        filled
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words to show as they stand.
    Text(&'a str),
    /// A place that is filled, by its name.
    Slot(&'a str),
}

/// The parts of a text in their order. A brace that opens no slot stands for itself.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, slot)) = rest.split_once('{')
        && let Some((name, after)) = slot.split_once('}')
    {
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        parts.push(Part::Slot(name));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// The names of the slots of a text.
pub fn slots(text: &str) -> BTreeSet<&str> {
    let slots = parts(text).into_iter().filter_map(|part| match part {
        Part::Slot(name) => Some(name),
        Part::Text(_) => None,
    });
    slots.collect()
}

/// The texts of a language under their places, `common.list_comma`.
pub type Texts = BTreeMap<String, String>;

/// Puts the texts of a language in the order of the words.
///
/// # Errors
/// Every word that has no text and every text that is of no word, by its place.
pub fn in_order(texts: &Texts) -> Result<Vec<&str>, Vec<String>> {
    let named: BTreeMap<String, (&String, &String)> = texts
        .iter()
        .map(|(place, text)| (name_of(place), (place, text)))
        .collect();
    let missing = Word::NAMES.iter().filter(|name| !named.contains_key(**name));
    let mut errors: Vec<String> = missing.map(|name| format!("{name}: it has no text")).collect();
    let unknown = named
        .iter()
        .filter(|(name, _)| !Word::NAMES.contains(&name.as_str()));
    errors.extend(unknown.map(|(_, (place, _))| format!("{place}: no word has this name")));
    if !errors.is_empty() {
        return Err(errors);
    }
    let ordered = Word::NAMES.iter().filter_map(|name| named.get(*name));
    Ok(ordered.map(|(_, text)| text.as_str()).collect())
}

/// Where two languages do not agree: texts that only one of them has, and slots.
pub fn differences(texts: &Texts, model: &Texts) -> Vec<String> {
    let mut found = Vec::new();
    for (place, text) in model {
        match texts.get(place) {
            None => found.push(format!("{place}: it has no text")),
            Some(other) if slots(other) != slots(text) => found.push(format!(
                "{place}: its slots are {:?} and should be {:?}",
                slots(other),
                slots(text)
            )),
            Some(_) => {}
        }
    }
    let unknown = texts.keys().filter(|place| !model.contains_key(*place));
    found.extend(unknown.map(|place| format!("{place}: the first language has no such text")));
    found
}

/// The name of the word whose text stands at a place: `CommonListComma` for `common.list_comma`.
fn name_of(place: &str) -> String {
    let mut name = String::new();
    for part in place.split(['.', '_']) {
        let mut signs = part.chars();
        name.extend(signs.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(signs.as_str());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(word: Word, text: &str) -> Wording {
        let mut texts = vec![String::new(); Word::NAMES.len()];
        texts[word as usize] = text.to_owned();
        Wording { texts }
    }

    #[test]
    fn slots_are_filled_in_the_order_of_the_language() {
        let wording = wording(Word::AdvicePoints, "{b}: {a}, {a}; {nobody}");
        let filled = wording.fill(Word::AdvicePoints, &[("a", &1), ("b", &"two")]);
        assert_eq!(filled, "two: 1, 1; ");
    }

    #[test]
    fn a_brace_that_opens_no_slot_stands_for_itself() {
        assert_eq!(parts("a { b"), [Part::Text("a { b")]);
        assert_eq!(parts("{a}"), [Part::Slot("a")]);
    }

    #[test]
    fn what_is_missing_and_what_is_unknown_is_named() {
        let texts: Texts = [(String::from("common.nobody"), String::new())].into();
        let errors = in_order(&texts).unwrap_err();
        assert!(errors.contains(&String::from("CommonColon: it has no text")));
        assert!(errors.contains(&String::from("common.nobody: no word has this name")));
    }

    #[test]
    fn languages_have_the_same_texts_and_slots() {
        let texts = |places: &[(&str, &str)]| -> Texts {
            let owned = places
                .iter()
                .map(|(place, text)| ((*place).to_owned(), (*text).to_owned()));
            owned.collect()
        };
        let model = texts(&[("a.b", "{n}, {m}"), ("a.c", "c")]);
        assert!(differences(&texts(&[("a.b", "{m} {n}"), ("a.c", "C")]), &model).is_empty());
        let found = differences(&texts(&[("a.b", "{n}"), ("a.d", "")]), &model);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn an_array_of_another_build_is_refused() {
        assert!(Wording::from_json(r#"["one"]"#).is_err());
        assert!(Wording::from_json("{}").is_err());
    }
}
