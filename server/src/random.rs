//! The only place in the server that draws randomness.

/// Fresh random bytes from the operating system; ids and keys are made of them.
#[expect(clippy::disallowed_methods, reason = "this is the one place that draws randomness")]
#[expect(clippy::expect_used, reason = "an operating system without randomness cannot run a server that signs")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    getrandom::fill(&mut out).expect("the operating system gives random bytes");
    out
}
