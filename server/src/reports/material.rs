//! What reports are made of: folded cases with their duties, and what earlier reports told.

use crate::db::sql::cases::CaseHead;
use crate::db::sql::{cases, pack, reports};
use crate::db::{Connection, DbError};
use crate::watch::{Computed, compute_case, rules_in_force};
use daiban_core::calendar::Week;
use daiban_core::case::CaseNumber;
use daiban_core::ids::FactId;
use daiban_core::ids::PersonId;
use daiban_core::people::Group;
use daiban_core::report::{DistrictReport, FrozenGroup, GroupReport, ReportCase};
use std::collections::BTreeSet;

/// Every case, folded, with its duties at `now`.
pub(super) struct Material {
    cases: Vec<(Option<CaseNumber>, Computed, Vec<daiban_core::rules::Duty>)>,
}

impl Material {
    pub(super) fn gather(conn: &Connection, now: i64) -> Result<Material, DbError> {
        let rules = rules_in_force(conn)?;
        let read = |head: CaseHead| {
            compute_case(conn, &head, &rules, now).map(|computed| {
                let duties = computed.duties.values().cloned().collect();
                (head.number, computed, duties)
            })
        };
        Ok(Material { cases: cases::list(conn)?.into_iter().map(read).collect::<Result<_, _>>()? })
    }

    pub(super) fn cases(&self) -> Vec<ReportCase<'_>> {
        // A case registered by mistake is nothing to report.
        let open = self.cases.iter().filter(|(_, computed, _)| computed.view.closed.is_none());
        open.map(|(number, computed, duties)| ReportCase { view: &computed.view, number: *number, duties }).collect()
    }
}

/// What earlier frozen reports of a group told; `None` if there is none.
pub(super) fn told_by_group(conn: &Connection, week: Week, group: Group) -> Result<Option<BTreeSet<FactId>>, DbError> {
    let told = reports::told_before(conn, week, Some(group), |text| Ok(read::<GroupReport>(text)?.facts()))?;
    Ok((!told.is_empty()).then(|| told.into_iter().flatten().collect()))
}

/// What earlier frozen district reports told.
pub(super) fn told_by_district(conn: &Connection, week: Week) -> Result<BTreeSet<FactId>, DbError> {
    let told = reports::told_before(conn, week, None, |text| Ok(read::<DistrictReport>(text)?.facts()))?;
    Ok(told.into_iter().flatten().collect())
}

/// The frozen group reports of a week.
pub(super) fn frozen_groups(conn: &Connection, week: Week) -> Result<Vec<FrozenGroup>, DbError> {
    let mut frozen = Vec::new();
    for group in pack::current(conn)?.holding(week.sunday()).organisation.owing_flow_table() {
        let row = reports::find(conn, week, Some(group))?.filter(|row| row.state != "draft");
        if let Some((row, hash)) = row.and_then(|row| row.hash.clone().map(|hash| (row, hash))) {
            frozen.push(FrozenGroup {
                hash,
                confirmed_by: PersonId(row.confirmed_by.clone().unwrap_or_default()),
                recorded_by: row.confirm_recorded_by.clone().map(PersonId),
                frozen_at: row.frozen_at.unwrap_or_default(),
                report: read(&row.text)?,
            });
        }
    }
    Ok(frozen)
}

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|_| DbError::Corrupt("report"))
}
