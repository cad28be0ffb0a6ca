//! Personal data on its way into a record: checked, then sealed by the agent under a fresh key.

use crate::fault::Fault;
use crate::said::Said;
use daiban_core::fact::Sealed;
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;

/// Whoever seals: [`daiban_core::agent::Agent::seal`].
pub type Seal<'a> = &'a mut dyn FnMut(&str) -> Result<Sealed, Fault>;

/// Seals a name or number if there is one.
pub fn sealed(seal: Seal<'_>, text: Option<&str>) -> Result<Option<Sealed>, Fault> {
    let Some(text) = text.map(str::trim) else { return Ok(None) };
    if text.is_empty() || text.chars().count() > SHORT_TEXT_CHARS_MAX {
        let said = Said::new("姓名和联系方式应为1至200字，请核对。", "a name or number has 1 to 200 characters");
        return Err(Fault::input("sealed", said));
    }
    seal(text).map(Some)
}
