//! The plan of a district: its pack, read and checked into one value that everything takes which names a body, counts by the plan's
//! numbers or owes what the plan says.
//!
//! A pack is a folder of TOML files: `pack.toml` (which document), `organisation.toml` (units, groups, bodies), `duties.toml` (what is
//! owed), `texts.toml` (sentences that name a body), and, where a district has other numbers or gives commands to other roles,
//! `numbers.toml` and `access.toml`. The core reads them as one JSON object, a file under each name; whoever reads the folder turns a
//! [`Place`] into a line. [`Plan::read`] tells everything that is wrong at once.
//!
//! The built-in pack stands in `core/data/packs/pulandian-2021`. What it is called and says stands nowhere else.

mod access;
mod document;
mod entry;
mod fault;
mod numbers;
mod organise;
mod place;
mod text;

pub use document::{Document, FORMAT};
pub use fault::{PackFault, Sort, Wrong};
pub use place::{Place, Step};
pub use text::Text;

use crate::calendar::{Calendar, Date, Week};
use crate::case::{CaseNumber, CaseView, Stage};
use crate::people::{BodyKind, Name, Organisation, Role, Unit, UnitError};
use crate::rules::{Duty, Numbers, NumbersInForce, Policy, Table, TableError};
use daiban_messages::say::plan as say;
use daiban_messages::{Both, Say};
use entry::{Entry, Faults};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Files that every pack has, and those that it may have.
const FILES: [&str; 4] = ["pack", "organisation", "duties", "texts"];
const FILES_OPTIONAL: [&str; 4] = ["numbers", "kinds", "access", BEFORE];
/// No file: the pack that held before this one, whose days keep what it said.
pub const BEFORE: &str = "before";
/// So many packs before the one in force are kept.
const BEFORE_MAX: usize = 8;

/// See the module.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Names the pack: `pulandian-2021`.
    pub id: String,
    /// The district's full name.
    pub district: Name,
    /// What people call it.
    pub district_short: String,
    /// The document it carries out.
    pub document: Document,
    /// What a case is called: `{year}` and `{number}` are filled in.
    pub case_number: String,
    /// Units, groups, bodies.
    pub organisation: Arc<Organisation>,
    /// Every number with its clause, its range and who may change it.
    pub numbers: Arc<Numbers>,
    /// The settings by them, as long as nobody ordered others.
    pub policy: Policy,
    texts: BTreeMap<Text, Name>,
    access: BTreeMap<String, Vec<Role>>,
    table: Arc<Table>,
    source: Arc<str>,
    before: Option<Arc<Plan>>,
}

impl Plan {
    /// The pack that is compiled in; read once.
    pub fn builtin() -> &'static Arc<Plan> {
        static BUILTIN: OnceLock<Arc<Plan>> = OnceLock::new();
        BUILTIN.get_or_init(|| Arc::new(compiled_in()))
    }

    /// Reads and checks a pack: one JSON object, a file under each name.
    pub fn read(pack: &Value) -> Result<Plan, Vec<PackFault>> {
        let faults = Faults::default();
        for other in pack.as_object().into_iter().flat_map(|files| files.keys()) {
            if !FILES.contains(&other.as_str()) && !FILES_OPTIONAL.contains(&other.as_str()) {
                faults.note(Place::file(other), Wrong::OtherFile);
            }
        }
        let head = document::head(&Entry::file(pack, "pack", &faults));
        let mut organisation = organise::organisation(&Entry::file(pack, "organisation", &faults));
        let access_file = pack.get("access").map(|_| Entry::file(pack, "access", &faults));
        organisation.recorders = access_file.as_ref().map(access::recorders).unwrap_or_default();
        let texts = text::texts(&Entry::file(pack, "texts", &faults));
        let own_numbers = pack.get("numbers").map(|_| Entry::file(pack, "numbers", &faults));
        let numbers = numbers::numbers(own_numbers.as_ref(), &head.document);
        let (table, wrong) = match pack.get("duties") {
            Some(duties) => Table::all(duties, &organisation, &numbers),
            None => {
                faults.note(Place::file("duties"), Wrong::NoFile);
                (Table::default(), Vec::new())
            }
        };
        wrong.into_iter().for_each(|error| note_duty(error, &faults));
        kinds(pack, &faults);
        let access = access_file.as_ref().map(access::access).unwrap_or_default();
        let before = pack.get(BEFORE).and_then(|before| {
            let why = |faults: Vec<PackFault>| faults.first().map(ToString::to_string).unwrap_or_default();
            Plan::read(before).map_err(|wrong| faults.note(Place::file(BEFORE), Wrong::Unreadable(why(wrong)))).ok()
        });
        let table = match (&before, head.document.effective) {
            (Some(before), Some(day)) => table.following(before.table(), day),
            _ => table,
        };
        let faults = faults.into_all();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Plan {
            id: head.id,
            district: head.district,
            district_short: head.short,
            document: head.document,
            case_number: head.case_number,
            organisation: Arc::new(organisation),
            policy: numbers.policy(),
            numbers: Arc::new(numbers),
            texts,
            access,
            table: Arc::new(table),
            source: pack.to_string().into(),
            before: before.map(Arc::new),
        })
    }

    /// The same from JSON.
    pub fn from_json(json: &str) -> Result<Plan, Vec<PackFault>> {
        let unreadable =
            |e: serde_json::Error| vec![PackFault { place: Place::file("pack"), wrong: Wrong::Unreadable(e.to_string()) }];
        Plan::read(&serde_json::from_str(json).map_err(unreadable)?)
    }

    /// The pack as it was read: what a server keeps and sends.
    pub fn to_json(&self) -> &str {
        &self.source
    }

    /// SHA-256 of that, hex: two with one hash are the same pack.
    pub fn hash(&self) -> String {
        hash_of(&self.source)
    }

    /// The same of the pack alone, without those before it.
    pub fn own_hash(&self) -> String {
        hash_of(&without(&self.source, BEFORE).to_string())
    }

    /// The pack that held before its first day.
    pub fn before(&self) -> Option<&Arc<Plan>> {
        self.before.as_ref()
    }

    /// This pack behind an earlier one: what is counted by the days before its first day stays as that one has it. One that begins on
    /// the same day or later is replaced.
    pub fn following(&self, earlier: &Plan) -> Result<Plan, Vec<PackFault>> {
        let first = self.document.effective;
        let mut kept: Vec<Value> = std::iter::successors(Some(earlier), |plan| plan.before.as_deref())
            .filter(|plan| first.is_some() && plan.document.effective < first)
            .take(BEFORE_MAX)
            .map(|plan| without(&plan.source, BEFORE))
            .collect();
        let mut pack = without(&self.source, BEFORE);
        let mut before = kept.pop();
        while let Some(mut later) = kept.pop() {
            later[BEFORE] = before.unwrap_or_default();
            before = Some(later);
        }
        if let Some(before) = before {
            pack[BEFORE] = before;
        }
        Plan::read(&pack)
    }

    /// Every pack's own numbers with the first day on which they hold, earliest first.
    pub(crate) fn policies(&self) -> Vec<(Date, Policy)> {
        let plans: Vec<&Plan> = std::iter::successors(Some(self), |plan| plan.before.as_deref()).collect();
        plans.into_iter().rev().map(|plan| (plan.document.effective.unwrap_or(Date::MIN), plan.policy.clone())).collect()
    }

    /// The roles that may give a command, where the pack says so.
    pub fn who_may(&self, command: &str) -> Option<&[Role]> {
        self.access.get(command).map(Vec::as_slice)
    }

    /// All that the pack says about commands.
    pub fn access(&self) -> &BTreeMap<String, Vec<Role>> {
        &self.access
    }

    /// The number of a case as this district writes it.
    pub fn numbered(&self, number: CaseNumber) -> String {
        number.written(&self.case_number)
    }

    /// A text that names a body.
    pub fn text(&self, text: Text) -> &Name {
        static NOTHING: Name = Name { zh: String::new(), en: String::new() };
        self.texts.get(&text).unwrap_or(&NOTHING)
    }

    /// Where the chief agent sits and which unit is the office, for whoever looks for them.
    pub fn contact(&self) -> Name {
        let unit = |unit: &Unit| Name::new(&unit.name, unit.english());
        let body = |body| self.organisation.body(body);
        let (centre, office) = (body(BodyKind::ServiceCentre), body(BodyKind::Office));
        let host = office.and_then(|office| self.organisation.unit(office.host.as_ref()?)).map(unit).unwrap_or_default();
        let window = centre.and_then(|centre| centre.window.clone()).unwrap_or_default();
        let centre = centre.map(|centre| centre.name.clone()).unwrap_or_default();
        let office = office.map(|office| office.name.clone()).unwrap_or_default();
        let [centre, window, office, host] = [centre, window, office, host].map(|name| Both::new(name.zh, name.en));
        let said = say::Contact { centre, window, office, host }.say();
        Name::new(said.zh, said.en)
    }

    /// The pack that holds on a day: this one, or one before it.
    pub fn holding(&self, day: Date) -> &Plan {
        let begins_later = self.document.effective.is_some_and(|first| day < first);
        self.before.as_ref().filter(|_| begins_later).map_or(self, |before| before.holding(day))
    }

    /// The plan that holds on a day, with the units as they are on it (R199).
    pub fn on(&self, day: Date) -> Plan {
        self.holding(day).with_units_of(day)
    }

    fn with_units_of(&self, day: Date) -> Plan {
        Plan { organisation: Arc::new(self.organisation.on(day)), ..self.clone() }
    }

    /// The plan with one more unit, which the office added.
    pub fn with_unit(&self, unit: Unit) -> Result<Plan, UnitError> {
        let before = self.before.as_ref().map(|before| before.with_unit(unit.clone()).map(Arc::new)).transpose()?;
        Ok(Plan { organisation: Arc::new(self.organisation.with_unit(unit)?), before, ..self.clone() })
    }

    /// Every duty of a case, open and done, in the order of the plan's lines; see [`crate::rules::duties`].
    pub fn duties(&self, view: &CaseView, calendar: &Calendar, numbers: &NumbersInForce, now: i64) -> Vec<Duty> {
        self.table.of_case(view, calendar, numbers, now)
    }

    /// What the district owes from a day on; see [`crate::rules::owed_by_district`].
    pub(crate) fn duties_of_district(
        &self,
        first: Date,
        sent: &BTreeMap<Week, i64>,
        (calendar, numbers): (&Calendar, &NumbersInForce),
        now: i64,
    ) -> Vec<Duty> {
        self.table.of_district(first, sent, calendar, numbers, now)
    }

    /// The table of duties.
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// The stage of a case: under way once every group that owes a flow table has handed it in.
    pub fn stage(&self, view: &CaseView) -> Stage {
        match view.letter {
            None => Stage::Lead,
            Some(_) if self.organisation.owing_flow_table().all(|group| view.flow_tables.contains(&group)) => Stage::Underway,
            Some(_) => Stage::Planning,
        }
    }

    /// The lines of the table as people read them: id, clause, and what is owed.
    pub fn duties_in_words(&self) -> Vec<PlanDuty> {
        self.table.lines().map(|(id, clause, zh, en)| PlanDuty { id, clause, zh, en }).collect()
    }
}

fn without(pack: &str, key: &str) -> Value {
    let mut pack: Value = serde_json::from_str(pack).unwrap_or_default();
    if let Some(files) = pack.as_object_mut() {
        files.remove(key);
    }
    pack
}

/// SHA-256 of a pack's JSON, hex.
pub(crate) fn hash_of(json: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(json.as_bytes()))
}

/// A line of the table of duties, for people.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PlanDuty {
    /// What the keys of its duties begin with.
    pub id: String,
    /// The plan's words.
    pub clause: String,
    /// What is owed, with its places.
    pub zh: String,
    /// In English.
    pub en: String,
}

fn note_duty(error: TableError, faults: &Faults) {
    let place = error.path.iter().fold(Place::file("duties"), |place, step| match step {
        Step::Key(key) => place.key(key),
        Step::At(at) => place.at(*at),
    });
    faults.note(place, Wrong::Duty(say::Duty { place: error.place.message(), wrong: error.wrong.message() }.say()));
}

/// R190 first: what nobody may ever be made to give. Nothing else of kinds of record is changed by a pack yet.
fn kinds(pack: &Value, faults: &Faults) {
    const NEVER: [&str; 12] =
        ["photo", "video", "place", "track", "location", "position", "image", "照片", "视频", "位置", "轨迹", "定位"];
    let Some(file) = pack.get("kinds") else { return };
    let named = |text: &str| NEVER.iter().any(|never| text.to_lowercase().contains(never));
    let mut refused = false;
    let kinds = file.get("kind").and_then(Value::as_array).into_iter().flatten();
    for (at, kind) in kinds.enumerate() {
        let place = Place::file("kinds").key("kind").at(at);
        let required = kind.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for field in required.filter(|field| named(field)) {
            faults.note(place.key("required"), Wrong::Surveillance(field.to_owned()));
            refused = true;
        }
        for (no, column) in kind.get("column").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let word = |key: &str| column.get(key).and_then(Value::as_str).unwrap_or_default();
            let must = column.get("required").and_then(Value::as_bool).unwrap_or(false);
            if let Some(what) = ["sort", "id", "zh", "en"].map(word).into_iter().find(|word| must && named(word)) {
                faults.note(place.key("column").at(no), Wrong::Surveillance(what.to_owned()));
                refused = true;
            }
        }
    }
    if !refused {
        faults.note(Place::file("kinds"), Wrong::Kinds);
    }
}

#[expect(clippy::expect_used, reason = "the pack is compiled in, and the test `the_builtin_pack_is_whole` reads it")]
fn compiled_in() -> Plan {
    Plan::from_json(include_str!(concat!(env!("OUT_DIR"), "/pack.json"))).expect("valid pack")
}

#[cfg(test)]
#[path = "plan/plan_tests.rs"]
mod tests;
