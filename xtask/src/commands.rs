//! What a person may ask for, and doing it.
//!
//! `lexopt` reads the line and hands over one option or word after the other: it has no macros
//! and no crates below it, so that a clean clone hardly waits for it, and what is missing or too
//! much is said in this project's sentences, where xflags, bpaf and clap bring their own and make
//! the dozen of commands no shorter.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::assessing;
use crate::build::assembly;
use crate::checks;
use crate::developing;
use crate::failure::{Failure, Result};
use crate::firm_tables;
use crate::policy::card;
use crate::policy::check;
use crate::process::{say, tell};
use crate::screens::{self, Choice};
use crate::serving::{self, RunningServer, STRICT_CSP};
use crate::workspace::Workspace;

/// The commands, as they are shown to whoever asks for help.
pub const HELP: &str = "\
cargo xtask serve [--policy DIR] [--port 8080] [--frame-ancestors HOSTS] [--dev]
                                                   build the page and serve it on 127.0.0.1; --dev follows every
                                                   change, with a module that is compiled fast and not made small
cargo xtask build [--policy DIR]                   build the page (of another scheme) into dist/
cargo xtask test [--long]                          run every test, browsers included
cargo xtask check                                  check format, lints, plain words, structure, dependencies,
                                                   and mutants on the lines that changed last
cargo xtask screens [--only VIEW] [--state STATE] [--width PIXELS] [--look LOOK] [--into DIR]
                                                   picture every view of dist/ in each state, width and look on one
                                                   sheet in target/screens/, and all wording by place on another
cargo xtask assess [--policy DIR] [--advice] [--lines] FILE
                                                   assess the cases of a JSON file (- for standard input), or of
                                                   JSON Lines: --lines, a name in .jsonl or .ndjson, or a first
                                                   line that is a whole case with others behind it
cargo xtask assess [--policy DIR] [--advice] [--results OUT] TABLE
                                                   assess the firms of a table (.csv, .xlsx), a row each, and write
                                                   their results as a table
cargo xtask template [--policy DIR] [--one] OUT    write a table to be filled in (.csv, .xlsx), for many firms or one
cargo xtask bench                                  measure assessment, advice, plans, cases by lines and, where
                                                   dist/ is built, the page in Chromium
cargo xtask policy check [DIR]                     validate a scheme, run its cases and boundaries, watch its figures
cargo xtask policy show [--policy DIR] ID          print all of a row, section, rule, doubt, question, figure or paper
cargo xtask policy schema                          write the JSON Schema of a policy into docs/
cargo xtask policy new DIR                         write a minimal valid scheme to begin with
cargo xtask policy export DIR FILE                 write a scheme as the JSON that the element's `policy` takes
";

/// One command with all it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Show [`HELP`].
    Help,
    /// Build the page and serve it at this port.
    Serve {
        /// The folder of the scheme; `None` for the city's own.
        policy: Option<PathBuf>,
        /// The port on 127.0.0.1.
        port: u16,
        /// Other hosts that may frame the page, with spaces between.
        frame_ancestors: Option<String>,
        /// Whether it is built for looking at changes, and anew at each.
        dev: bool,
    },
    /// Build the page into `dist/`.
    Build {
        /// The folder of the scheme; `None` for the city's own.
        policy: Option<PathBuf>,
    },
    /// Run the tests.
    Test {
        /// Whether the campaigns run as well.
        long: bool,
    },
    /// Run the checks.
    Check,
    /// Picture every view on one sheet.
    Screens(Choice),
    /// Assess the cases of a file.
    Assess {
        /// The folder of the scheme; `None` for the one the page is built for.
        policy: Option<PathBuf>,
        /// Whether each result tells what would gain points.
        advice: bool,
        /// Whether each line is a case, whatever the file looks like.
        lines: bool,
        /// Where the results of a table go as a table.
        results: Option<PathBuf>,
        /// The file; `-` is standard input.
        file: PathBuf,
    },
    /// Write a table to be filled in.
    Template {
        /// The folder of the scheme; `None` for the one the page is built for.
        policy: Option<PathBuf>,
        /// Whether it is for one firm, with a question in each row.
        one: bool,
        /// The file to write.
        file: PathBuf,
    },
    /// Validate a scheme, and want its cases met and its figures watched.
    PolicyCheck {
        /// The folder of the scheme; `None` for the one the page is built for.
        folder: Option<PathBuf>,
    },
    /// Write the form of a policy as a JSON Schema.
    PolicySchema,
    /// Write a minimal scheme.
    PolicyNew {
        /// The folder that does not exist yet.
        folder: PathBuf,
    },
    /// Write a scheme as JSON.
    PolicyExport {
        /// The folder of the scheme.
        folder: PathBuf,
        /// The file to write.
        file: PathBuf,
    },
    /// Print all of one entry of a scheme.
    PolicyShow {
        /// The folder of the scheme; `None` for the one the page is built for.
        policy: Option<PathBuf>,
        /// The id of the entry.
        id: String,
    },
    /// Measure how long assessment, advice, plans and lines of cases take, and the page.
    Bench,
}

/// Understands the arguments behind `cargo xtask`.
///
/// # Errors
/// When they are no command; the sentence tells how to see them all.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let of_policy = arguments.first().is_some_and(|first| first == "policy");
    understand(lexopt::Parser::from_args(arguments)).map_err(|error| {
        Failure::new(if of_policy {
            format!("{}。{POLICY_USAGE}", in_chinese(&error))
        } else {
            format!("{error}: `cargo xtask help` shows the commands")
        })
    })
}

fn understand(parser: lexopt::Parser) -> std::result::Result<Command, lexopt::Error> {
    match Given::read(parser)? {
        Some(given) => given.command(),
        None => Ok(Command::Help),
    }
}

/// What is given on the line.
struct Given {
    /// The command and what it is about.
    words: Vec<OsString>,
    policy: Option<PathBuf>,
    port: u16,
    frame_ancestors: Option<String>,
    dev: bool,
    long: bool,
    advice: bool,
    lines: bool,
    results: Option<PathBuf>,
    one: bool,
    choice: Choice,
}

impl Given {
    /// Reads the line, `None` where help is asked for.
    fn read(mut parser: lexopt::Parser) -> std::result::Result<Option<Self>, lexopt::Error> {
        let mut given = Self {
            words: Vec::new(),
            policy: None,
            port: 8080,
            frame_ancestors: None,
            dev: false,
            long: false,
            advice: false,
            lines: false,
            results: None,
            one: false,
            choice: Choice::default(),
        };
        while let Some(argument) = parser.next()? {
            // An option belongs to the command before it and to no other.
            let mut before = given.words.iter().map(|word| word.to_str().unwrap_or_default());
            let command = match before.next() {
                Some("policy") => ("policy", before.next()),
                command => (command.unwrap_or_default(), None),
            };
            let choice = &mut given.choice;
            match (command, argument) {
                (_, Long("help") | Short('h')) => return Ok(None),
                (("serve", _), Long("port")) => given.port = parser.value()?.parse()?,
                (("serve", _), Long("frame-ancestors")) => {
                    given.frame_ancestors = Some(parser.value()?.string()?);
                }
                (("serve", _), Long("dev")) => given.dev = true,
                (("test", _), Long("long")) => given.long = true,
                (
                    ("assess" | "template" | "build" | "serve", _) | ("policy", Some("show")),
                    Long("policy"),
                ) => given.policy = Some(parser.value()?.into()),
                (("assess", _), Long("advice")) => given.advice = true,
                (("assess", _), Long("lines")) => given.lines = true,
                (("assess", _), Long("results")) => given.results = Some(parser.value()?.into()),
                (("template", _), Long("one")) => given.one = true,
                (("screens", _), Long("only")) => choice.views.push(parser.value()?.string()?),
                (("screens", _), Long("state")) => choice.states.push(parser.value()?.string()?),
                (("screens", _), Long("width")) => choice.widths.push(parser.value()?.parse()?),
                (("screens", _), Long("look")) => choice.looks.push(parser.value()?.string()?),
                (("screens", _), Long("into")) => choice.folder = Some(parser.value()?.into()),
                (_, Value(word)) => given.words.push(word),
                (_, option) => return Err(option.unexpected()),
            }
        }
        Ok(Some(given))
    }

    /// The command that this is.
    fn command(self) -> std::result::Result<Command, lexopt::Error> {
        let mut words = self.words.into_iter();
        let name = words.next().unwrap_or_else(|| "help".into());
        let command = match name.to_str() {
            Some("help") => Command::Help,
            Some("serve") => Command::Serve {
                policy: self.policy,
                port: self.port,
                frame_ancestors: self.frame_ancestors,
                dev: self.dev,
            },
            Some("build") => Command::Build { policy: self.policy },
            Some("test") => Command::Test { long: self.long },
            Some("check") => Command::Check,
            Some("screens") => Command::Screens(self.choice),
            Some("bench") => Command::Bench,
            Some("assess") => Command::Assess {
                policy: self.policy,
                advice: self.advice,
                lines: self.lines,
                results: self.results,
                file: operand(&mut words, "the file")?.into(),
            },
            Some("template") => Command::Template {
                policy: self.policy,
                one: self.one,
                file: operand(&mut words, "the file to write")?.into(),
            },
            Some("policy") => of_policy(&mut words, self.policy)?,
            _ => {
                return Err(lexopt::Error::from(format!(
                    "there is no such command as {name:?}"
                )));
            }
        };
        match words.next() {
            Some(word) => Err(Value(word).unexpected()),
            None => Ok(command),
        }
    }
}

/// How the commands of `policy` are called, for those who keep the rules: they read Chinese, as
/// all that these commands print.
const POLICY_USAGE: &str = "可以这样写：
  cargo xtask policy check [方案的文件夹]
  cargo xtask policy show [--policy 方案的文件夹] 编号
  cargo xtask policy new 新方案的文件夹
  cargo xtask policy export 方案的文件夹 要写的文件
  cargo xtask policy schema";

/// What is wrong with a line that calls a command of `policy`.
fn in_chinese(error: &lexopt::Error) -> String {
    match error {
        lexopt::Error::MissingValue { option: Some(option) } => format!("`{option}` 后面少了内容，请补上"),
        lexopt::Error::MissingValue { option: None } => String::from("后面少了内容，请补上"),
        lexopt::Error::UnexpectedOption(option) => format!("这个命令没有 `{option}`，请删去"),
        lexopt::Error::UnexpectedArgument(word) => {
            format!("多了 `{}`，请删去", word.to_string_lossy())
        }
        other => other.to_string(),
    }
}

/// What is next on the line.
fn operand(
    words: &mut impl Iterator<Item = OsString>,
    what: &str,
) -> std::result::Result<OsString, lexopt::Error> {
    words
        .next()
        .ok_or_else(|| lexopt::Error::from(format!("{what} is missing")))
}

/// What is next on a line of `policy`.
fn operand_of_policy(
    words: &mut impl Iterator<Item = OsString>,
    what: &str,
) -> std::result::Result<OsString, lexopt::Error> {
    words
        .next()
        .ok_or_else(|| lexopt::Error::from(format!("还要写{what}")))
}

/// A command of `policy`.
fn of_policy(
    words: &mut impl Iterator<Item = OsString>,
    policy: Option<PathBuf>,
) -> std::result::Result<Command, lexopt::Error> {
    let name = operand_of_policy(words, "做什么")?;
    Ok(match name.to_str() {
        Some("check") => Command::PolicyCheck {
            folder: words.next().map(PathBuf::from),
        },
        Some("schema") => Command::PolicySchema,
        Some("new") => Command::PolicyNew {
            folder: operand_of_policy(words, "新方案的文件夹")?.into(),
        },
        Some("export") => Command::PolicyExport {
            folder: operand_of_policy(words, "方案的文件夹")?.into(),
            file: operand_of_policy(words, "要写的文件")?.into(),
        },
        Some("show") => Command::PolicyShow {
            policy,
            id: operand_of_policy(words, "编号，如 C3.2 或 1.4")?.string()?,
        },
        _ => {
            return Err(lexopt::Error::from(format!(
                "没有 policy {} 这个命令",
                name.to_string_lossy()
            )));
        }
    })
}

/// Does what was asked for.
///
/// # Errors
/// With the sentence for the person who asked.
pub fn run(command: Command) -> Result<()> {
    if command == Command::Help {
        return tell(HELP.trim_end());
    }
    let workspace = Workspace::find()?;
    let scheme = |policy: Option<PathBuf>| policy.unwrap_or_else(|| workspace.policy());
    match command {
        Command::Help => Ok(()),
        Command::Serve {
            policy,
            port,
            frame_ancestors,
            dev,
        } => {
            let scheme = scheme(policy);
            let csp = match frame_ancestors {
                Some(hosts) => serving::csp_with_framing_hosts(&hosts)?,
                None => STRICT_CSP.to_owned(),
            };
            if dev {
                developing::serve(&workspace, &scheme, port, &csp)
            } else {
                serve(&workspace, &scheme, port, &csp)
            }
        }
        Command::Build { policy } => assembly::build(&workspace, &scheme(policy)),
        Command::Test { long } => checks::test(&workspace, long),
        Command::Check => checks::check(&workspace),
        Command::Screens(choice) => screens::draw(&workspace, &choice),
        Command::Bench => checks::bench(&workspace),
        Command::Assess {
            policy,
            advice,
            lines,
            results,
            file,
        } => {
            let policy = scheme(policy);
            if firm_tables::is_table(&file) {
                return firm_tables::assess(&policy, advice, &file, results.as_deref());
            }
            if results.is_some() {
                return Err(Failure::new(
                    "--results goes with a table: give a file in .csv or .xlsx",
                ));
            }
            assessing::assess(&policy, advice, lines, &file)
        }
        Command::Template { policy, one, file } => firm_tables::write_template(&scheme(policy), one, &file),
        Command::PolicyCheck { folder } => check::check(&scheme(folder)),
        Command::PolicySchema => check::write_schema(workspace.root()),
        Command::PolicyNew { folder } => check::begin(&folder),
        Command::PolicyExport { folder, file } => check::export(&folder, &file),
        Command::PolicyShow { policy, id } => tell(card::card(&scheme(policy), &id)?.trim_end()),
    }
}

fn serve(workspace: &Workspace, scheme: &Path, port: u16, csp: &str) -> Result<()> {
    // Before the minutes of a build, not after them.
    let listener = serving::reserve(port)?;
    assembly::build(workspace, scheme)?;
    let server = RunningServer::start(listener, serving::site(&workspace.dist(), csp)?)?;
    say(&format!(
        "the page is at http://{}/ (Ctrl+C ends this)",
        server.address()
    ));
    server.wait();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn options_go_with_their_command() {
        let serve = Command::Serve {
            policy: Some("p".into()),
            port: 9000,
            frame_ancestors: Some("https://a.example".to_owned()),
            dev: true,
        };
        assert_eq!(
            parse_line("serve --policy p --port 9000 --frame-ancestors https://a.example --dev"),
            Ok(serve)
        );
        assert_eq!(parse_line("test"), Ok(Command::Test { long: false }));
        assert!(parse_line("build --port 9000").is_err());
        assert_eq!(parse_line("build"), Ok(Command::Build { policy: None }));
        let export = Command::PolicyExport {
            folder: "d".into(),
            file: "f".into(),
        };
        assert_eq!(parse_line("policy export d f"), Ok(export));
        assert_eq!(
            parse_line("policy new d"),
            Ok(Command::PolicyNew { folder: "d".into() })
        );
    }

    #[test]
    fn an_option_of_one_command_of_policy_is_refused_by_the_others() {
        let show = Command::PolicyShow {
            policy: Some("p".into()),
            id: "1.4".to_owned(),
        };
        assert_eq!(parse_line("policy show 1.4 --policy p"), Ok(show));
        for line in [
            "policy check --policy p d",
            "policy export d f --policy p",
            "policy new --policy p d",
            "policy schema --policy p",
        ] {
            let sentence = parse_line(line).unwrap_err().to_string();
            assert!(sentence.contains("--policy"), "{sentence}");
        }
    }

    #[test]
    fn the_scheme_to_check_is_the_citys_unless_another_is_named() {
        let check = |folder: Option<&str>| Command::PolicyCheck {
            folder: folder.map(PathBuf::from),
        };
        assert_eq!(parse_line("policy check"), Ok(check(None)));
        assert_eq!(parse_line("policy check d"), Ok(check(Some("d"))));
    }

    #[test]
    fn a_dash_is_standard_input() {
        let assess = Command::Assess {
            policy: Some("p".into()),
            advice: true,
            lines: true,
            results: None,
            file: "-".into(),
        };
        assert_eq!(parse_line("assess --policy p --advice --lines -"), Ok(assess));
    }

    #[test]
    fn what_is_missing_or_too_much_is_named() {
        let sentence = |line| parse_line(line).unwrap_err().to_string();
        assert!(sentence("assess").contains("the file is missing"));
        for (line, words) in [
            ("policy", "还要写做什么。可以这样写：\n  cargo xtask policy check"),
            ("policy export", "还要写方案的文件夹"),
            ("policy export d", "还要写要写的文件"),
            ("policy show", "还要写编号"),
            ("policy new", "还要写新方案的文件夹"),
            ("policy chek", "没有 policy chek 这个命令"),
            ("policy check d e", "多了 `e`，请删去"),
            ("policy check --policy d", "这个命令没有 `--policy`，请删去"),
            ("policy show --policy", "`--policy` 后面少了内容"),
        ] {
            assert!(sentence(line).starts_with(words), "{}", sentence(line));
        }
        assert!(sentence("build twice").contains("twice"));
        assert!(sentence("fly").contains("fly"));
    }
}
