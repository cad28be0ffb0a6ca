//! The kinds of rulings, one file each; to add one is a file and a line, as for [`crate::fact::kinds`].

use super::ruling::rulings;

rulings! {
    /// A 待认定 fact counts (or does not), and counts as in time.
    late_work: LateWork,
    /// A quarantined record was taken into the case by the office.
    quarantine_adopted: QuarantineAdopted,
    /// The weekly report of a group that covers this case was confirmed (R105).
    report_confirmed: ReportConfirmed,
    /// A 待识别 fact got the verdict it would have got, since the server knows its kind.
    recognised: Recognised,
    /// A case registered by mistake is closed, or goes on.
    case_closed: CaseClosed,
    /// A record goes back to its author to be mended.
    returned: Returned,
    /// The confirmed report of a group goes back to it.
    report_returned: ReportReturned,
}
