//! Takes the pictures of `cargo xtask screens`, whose options it understands.

use std::env;

use journeys::{Outcome, screens};
use xtask::commands::{Command, parse};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let arguments = ["screens".into()].into_iter().chain(env::args_os().skip(1));
    match parse(arguments).map_err(|failure| failure.to_string())? {
        Command::Screens(choice) => screens::draw(&choice).await,
        _ => Err("`cargo xtask help` shows the options of `screens`".into()),
    }
}
