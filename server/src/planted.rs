//! Bugs that the simulation must catch. A shipped build has the names and nothing else.

/// One planted bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Bug {
    /// Answers before the commit is on the disk.
    AckBeforeCommit,
    /// Takes a change again that is already there.
    SkipDedup,
    /// Drops facts that wait for a ruling instead of giving them a row.
    DropLateLane,
    /// Sends rows from one too far on.
    WrongCursor,
    /// Does not look whether a change is whole and canonical.
    NoCanonicalCheck,
    /// Takes a change of an actor that is not the sender's.
    AcceptForeignActor,
    /// Runs the writer with `synchronous=NORMAL`.
    NormalSync,
    /// Tells the sender that a refused change was accepted.
    SwallowRefusal,
    /// Does not look whether those whom a record names exist.
    BelieveNames,
    /// Does not compare a letter's enterprise with the opening's.
    BelieveEnterprise,
    /// Confirms a report whatever text was read.
    ConfirmUnread,
    /// Says that a record was sent back, and lets it go on counting.
    SentBackStillMeets,
    /// Ends a service and leaves the seats on the cases as they are.
    KeepSeats,
}

impl Bug {
    /// All of them.
    pub const ALL: &[Bug] = &[
        Bug::AckBeforeCommit,
        Bug::SkipDedup,
        Bug::DropLateLane,
        Bug::WrongCursor,
        Bug::NoCanonicalCheck,
        Bug::AcceptForeignActor,
        Bug::NormalSync,
        Bug::SwallowRefusal,
        Bug::BelieveNames,
        Bug::BelieveEnterprise,
        Bug::ConfirmUnread,
        Bug::SentBackStillMeets,
        Bug::KeepSeats,
    ];
}

/// The bugs planted in one server.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planted(#[cfg(feature = "test-support")] u16);

#[cfg(feature = "test-support")]
impl Planted {
    /// Plants these.
    pub fn of(bugs: &[Bug]) -> Planted {
        Planted(bugs.iter().fold(0, |set, bug| set | 1 << (*bug as u8)))
    }

    pub(crate) fn has(self, bug: Bug) -> bool {
        self.0 & (1 << (bug as u8)) != 0
    }
}

#[cfg(not(feature = "test-support"))]
impl Planted {
    pub(crate) const fn has(self, _: Bug) -> bool {
        false
    }
}
