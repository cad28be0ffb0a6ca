//! What the plan lets nobody do, by the ids of `core/REQUIREMENTS.md`. In a build for tests one line at a time can be let go
//! (`DAIBAN_STUB=R014`): what it refuses is then allowed, and the test that its row names must turn red. A shipped build has the names
//! and nothing else.

macro_rules! requirements {
    ($($(#[$doc:meta])* $id:ident;)+) => {
        /// One line that the program enforces in one place.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Requirement {
            $($(#[$doc])* $id,)+
        }

        impl Requirement {
            /// All of them.
            pub const ALL: &[Requirement] = &[$(Requirement::$id,)+];

            /// Its id, as in the plan's list.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Requirement::$id => stringify!($id),)+
                }
            }
        }
    };
}

requirements! {
    /// A case keeps the numbers in force when its letter was signed.
    R002;
    /// A day that the calendar does not have is refused, never rounded.
    R004;
    /// Agency work waits for the letter.
    R014;
    /// A unit without a liaison is told until it has one.
    R023;
    /// A fee needs its statutory basis.
    R015;
    /// Projects of less than 100 million yuan are not opened without a decision of the district.
    R060;
    /// A decision of the district has its number.
    R061;
    /// Only the chief agent registers a letter, in person.
    R072;
    /// Each of groups 2 to 4 has one specialist; a gap is told.
    R078;
    /// A unit that must name an agent is flagged until it does.
    R082;
    /// The date on the paper starts the 15 working days.
    R090;
    /// A flow table names agents of the row's unit.
    R093;
    /// A specialist submits the own group's flow table, and only the dispatch group may have none.
    R098;
    /// What is open passes on when its agent leaves the case.
    R101;
    /// A weekly report is the own one of whoever owes it, of a week that can be told.
    R105;
    /// The weekly report has its three sections.
    R106;
    /// The weekly report is not sent without its copy to the office.
    R107;
    /// An answer answers a question of the case.
    R115;
    /// Whoever leaves the service has no device any more.
    R133;
    /// A letter says whose it is and what for.
    R151;
    /// The later of two signatures starts the clock.
    R156;
    /// Flow tables are owed.
    D2;
    /// Weekly reports of agents and specialists are owed.
    D3;
    /// The district's weekly report is owed.
    D4;
    /// Answers are owed.
    D12;
}

impl Requirement {
    /// Whether the program keeps to it: always, unless a test has let it go.
    pub fn holds(self) -> bool {
        line_holds(self.id())
    }
}

/// The same of a line of the pack's table of duties, by its id.
#[cfg(feature = "test-support")]
pub(crate) fn line_holds(id: &str) -> bool {
    static LET_GO: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    LET_GO.get_or_init(|| std::env::var("DAIBAN_STUB").ok()).as_deref() != Some(id)
}

/// The same of a line of the pack's table of duties, by its id.
#[cfg(not(feature = "test-support"))]
pub(crate) const fn line_holds(_: &str) -> bool {
    true
}
