//! Is a checked change the next one of its author's chain?

use super::check::Checked;
use super::refusal::Refusal;
use super::rules::Rules;
use crate::doc::ChainTip;

/// Places `change` on its author's chain, which ends at `tip` ([`ChainTip::start`] if the author wrote nothing yet).
///
/// Returns the new end of the chain. Asking and recording it must be one step per case (a lock or the transaction).
/// A caller that knows the change's hash already answers "have it" and does not ask here. Refusals:
/// [`Refusal::SeqGap`] when earlier changes have not arrived (keep it and wait), [`Refusal::Fork`] when its number is taken by
/// other content, [`Refusal::WrongDep`] when it is next in number but stands elsewhere, [`Refusal::StartOp`] when
/// its operations are misnumbered.
pub fn place(change: &Checked, tip: &ChainTip) -> Result<ChainTip, Refusal> {
    run(&Rules::ALL, change, tip)
}

/// [`place`] with some rules waived, for the test that proves each of them necessary.
#[cfg(feature = "test-support")]
pub fn place_with(rules: &Rules, change: &Checked, tip: &ChainTip) -> Result<ChainTip, Refusal> {
    run(rules, change, tip)
}

fn run(rules: &Rules, change: &Checked, tip: &ChainTip) -> Result<ChainTip, Refusal> {
    let next = tip.seq.saturating_add(1);
    rules.need(change.seq <= next, Refusal::SeqGap)?;
    rules.need(change.seq >= next, Refusal::Fork)?;
    rules.need(change.dep == tip.hash, Refusal::WrongDep)?;
    rules.need(change.start_op == tip.max_op.saturating_add(1), Refusal::StartOp)?;
    Ok(ChainTip { seq: change.seq, hash: change.hash, max_op: change.max_op })
}
