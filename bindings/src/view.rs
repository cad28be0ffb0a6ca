//! What screens show: flat records with texts, codes and due dates that are already computed. One call, one screen.

mod case;
mod duty;
mod overview;
mod record;

pub use case::{ActionView, CaseView, ContestView, MaterialView, MemberView};
pub use duty::{DutyState, DutyView};
pub use overview::{CarriedView, CaseRow, IdentityView, ImportReport, Notice, Overview};
pub use record::{FieldView, OwnRecord, RecordPlace, RecordView, Saved, VerdictView};

pub(crate) use case::Screen;
pub(crate) use overview::{case_rows, identity};
