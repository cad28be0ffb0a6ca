//! Answers in words: what the catalogue says of what was ordered, and what is put into its sentences.

use crate::error::Problem;
use daiban_core::calendar::{Date, zh_date};
use daiban_core::ids::UnitId;
use daiban_core::people::{Organisation, Role, UnitKind};
use daiban_messages::say::command as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};

/// A document with its sentence: `zh` for officials, `en` for everybody else.
pub(super) fn with_words(mut document: Value, said: Message) -> Value {
    (document["zh"], document["en"]) = (json!(said.zh), json!(said.en));
    document
}

/// A document with its line for officials, where `en` is what the row itself is called in English.
pub(super) fn with_zh(mut document: Value, said: Message) -> Value {
    document["zh"] = json!(said.zh);
    document
}

/// 404: there is no such thing, as the catalogue calls it.
pub(super) fn missing(what: impl Say) -> Problem {
    let what = what.say();
    Problem::not_found(&what.zh, &what.en)
}

/// A name that both languages write alike.
pub(super) fn name(name: impl Into<String>) -> Both {
    let name = name.into();
    Both::new(name.clone(), name)
}

/// Several sentences, one behind the other; what stands between them is theirs.
pub(super) fn sentences(all: impl IntoIterator<Item = Message>) -> Both {
    let (zh, en): (String, String) = all.into_iter().map(|said| (said.zh, said.en)).unzip();
    Both::new(zh, en)
}

/// What a project is called.
pub(super) fn titled(title: Option<&str>) -> Both {
    title.map_or_else(|| say::Untitled.say().into(), name)
}

/// A day as either language writes it.
pub(super) fn day(date: Date) -> Both {
    Both::new(zh_date(date), date.to_string())
}

/// A role by the word that the command line takes; for officials as it is called in every district.
pub(super) fn role(role: Role) -> Both {
    Both::new(role.zh(), role.id())
}

/// Roles, one behind the other.
pub(super) fn roles(roles: &[Role]) -> Both {
    Both::listed(&roles.iter().map(|one| role(*one)).collect::<Vec<_>>())
}

/// A role as it is called in this district.
pub(super) fn role_here(organisation: &Organisation, role: Role) -> Both {
    Both::new(organisation.role_zh(role), organisation.role_en(role))
}

/// What a unit is called here.
pub(super) fn unit_here(organisation: &Organisation, unit: &UnitId) -> Both {
    organisation.unit(unit).map_or_else(|| name(unit.as_str()), |unit| Both::new(&unit.name, unit.english()))
}

/// What sort of unit it is, by the word that the command line takes.
pub(super) fn unit_kind(kind: UnitKind) -> Both {
    Both::new(kind.zh(), json!(kind).as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_both_languages_and_a_project_without_a_name_is_said_to_have_none() {
        let said = with_words(json!({ "case": 1 }), say::Case.say());
        assert_eq!(said, json!({ "case": 1, "zh": "该项目", "en": "case" }));
        assert_eq!(with_zh(json!({ "en": "Town" }), say::Case.say()), json!({ "en": "Town", "zh": "该项目" }));
        assert_eq!(titled(Some("甲")), Both::new("甲", "甲"));
        assert_eq!(titled(None), Both::new("（未命名项目）", "(project without a name)"));
    }

    #[test]
    fn what_is_missing_is_named_in_both_languages_with_what_to_do() {
        let problem = missing(say::Quarantined);
        assert_eq!((problem.status.as_u16(), problem.code), (404, "not_found"));
        assert_eq!(problem.detail, "没有找到该暂存记录，请核对编号后重试。");
        assert!(problem.detail_en.contains("quarantined record"));
    }

    #[test]
    fn sentences_stand_one_behind_the_other() {
        assert_eq!(sentences([]), Both::default());
        assert_eq!(sentences([say::Fact.say(), say::Person.say()]), Both::new("该记录该工作人员", "factperson"));
    }

    #[test]
    fn roles_are_listed_as_each_language_does() {
        assert_eq!(unit_kind(UnitKind::Town), Both::new("镇、乡政府", "town"));
        assert_eq!(roles(&[Role::ChiefAgent, Role::Office]), Both::new("首席代办员、办公室", "chief_agent, office"));
    }
}
