//! The last program of `cargo test`: says which test programs did nothing, and what runs them.

use daiban_tests::switch::{LEFT_OUT, SWITCH, everything, sentence};

fn main() {
    if everything() {
        println!("\n{SWITCH} is set: nothing was left out but what has a stage of its own (tests/run --list)\n");
        return;
    }
    println!("\nleft out of this run, which needs nothing installed ({SWITCH}=1 or tests/run runs them):");
    for row in LEFT_OUT {
        println!("  {}", sentence(row));
    }
    println!();
}
