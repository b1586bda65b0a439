//! From the tree of a policy file to typed data.
//!
//! Each type names its members, or its choices, once and beside its definition.
//! A fault is noted with its place and something harmless stands in for what
//! could not be read, so that one pass tells every fault of a file.

use super::index::IdxVec;
use super::shapes::{Shapes, list_of, of_type, text_like, two_of};
use super::{PolicyError, limits};
use crate::json::{Json, Object, turns_direction};
use crate::numbers::{Decimal, Points};

/// What can be read from a part of the tree.
pub(super) trait FromJson: Sized {
    /// Reads `value`. What is read from `null`, which no policy file can hold, stands for what is
    /// not there: an empty text or list, no, nothing, zero or the first of some choices.
    fn from_json(value: Json, reader: &mut Reader) -> Self;

    /// What can be read, as a part of a JSON Schema.
    fn describe(shapes: &mut Shapes) -> Json;
}

/// The shape of a member that a closure shows.
pub(super) fn shape_of_member<Whole, Member: FromJson>(
    shapes: &mut Shapes,
    _: fn(&Whole) -> &Member,
) -> Json {
    Member::describe(shapes)
}

/// Where in the file reading is, and what was found wrong so far.
#[derive(Default)]
pub(super) struct Reader {
    place: String,
    /// Set within what is missing or of a wrong kind, which is complained of once.
    quiet: bool,
    pub(super) faults: Vec<PolicyError>,
}

/// The place outside of some part of the tree.
pub(super) struct Outside {
    place: usize,
    quiet: bool,
}

impl Reader {
    /// Notes a fault at the present place.
    pub(super) fn complain(&mut self, problem: String) {
        if !self.quiet {
            let place = if self.place.is_empty() {
                "方案文件"
            } else {
                &self.place
            };
            limits::note(&mut self.faults, place, &problem);
        }
    }

    /// Notes that something else was wanted at the present place.
    pub(super) fn wanted(&mut self, what: &str) {
        self.complain(format!("这里写得不对，应写{what}"));
    }

    /// Notes that a name is none of the known ones.
    pub(super) fn unknown(&mut self, kind: &str, name: &str, known: &[&str]) {
        self.complain(format!(
            "不认识的{kind} `{name}`，可以写 `{}`",
            known.join("`、`")
        ));
    }

    /// Goes one step in; to be left again.
    pub(super) fn enter(&mut self, step: &str) -> Outside {
        let outside = Outside {
            place: self.place.len(),
            quiet: self.quiet,
        };
        if !self.place.is_empty() {
            self.place.push_str(" > ");
        }
        self.place.push_str(step);
        outside
    }

    pub(super) fn leave(&mut self, outside: Outside) {
        self.place.truncate(outside.place);
        self.quiet = outside.quiet;
    }

    /// An entry of a list goes by its id, where it has one: `row 2.3`, else by its number.
    fn enter_entry(&mut self, number: usize, entry: &Json) -> Outside {
        let outside = Outside {
            place: self.place.len(),
            quiet: self.quiet,
        };
        let id = entry.as_object().and_then(|entry| entry.get("id"));
        self.place.push(' ');
        match id.and_then(Json::as_text) {
            Some(id) => self.place.push_str(id),
            None => self.place.push_str(&(number + 1).to_string()),
        }
        outside
    }

    /// The name and content of a table that has one member only: `{ sum = [ … ] }`.
    pub(super) fn form(&self, value: Json) -> Option<(String, Json)> {
        match value {
            Json::Object(mut form) if form.len() == 1 => form.pop_first(),
            _ => None,
        }
    }

    /// The place of a text among the names of some choices; the first where it is none of them.
    pub(super) fn choice(&mut self, value: &Json, names: &[&str]) -> usize {
        let Some(text) = value.as_text() else {
            self.wanted("文字");
            return 0;
        };
        names.iter().position(|name| *name == text).unwrap_or_else(|| {
            self.unknown("写法", text, names);
            0
        })
    }
}

/// The members of a table, taken out one by one.
pub(super) struct Members<'reader> {
    reader: &'reader mut Reader,
    quiet: bool,
    object: Object,
    known: Vec<&'static str>,
}

impl<'reader> Members<'reader> {
    pub(super) fn of(value: Json, reader: &'reader mut Reader) -> Self {
        let quiet = reader.quiet;
        let object = match value {
            Json::Object(object) => object,
            _ => {
                reader.wanted("表，如 { id = … }");
                reader.quiet = true;
                Object::new()
            }
        };
        Self {
            reader,
            quiet,
            object,
            known: Vec::new(),
        }
    }

    /// Takes a member out. One that is not needed reads as `null` does, where it is left out.
    pub(super) fn take<T: FromJson>(&mut self, name: &'static str, needed: bool) -> T {
        let (value, outside) = self.open(name, needed);
        let value = T::from_json(value, self.reader);
        self.reader.leave(outside);
        value
    }

    fn open(&mut self, name: &'static str, needed: bool) -> (Json, Outside) {
        self.known.push(name);
        let value = self.object.remove(name);
        if value.is_none() && needed {
            self.reader.complain(format!("缺少键 `{name}`，请补上"));
        }
        let outside = self.reader.enter(name);
        self.reader.quiet |= value.is_none();
        (value.unwrap_or(Json::Null), outside)
    }

    /// Complains of members that were not taken.
    pub(super) fn end(self) {
        for name in self.object.keys() {
            self.reader.unknown("键", name, &self.known);
        }
        self.reader.quiet = self.quiet;
    }
}

/// Reads a table as a struct: the members that must be there, and behind `;`
/// those that may be left out. `condition = "if"` tells a name in the file
/// that is another one than here.
macro_rules! members {
    (@name $member:ident $name:literal) => { $name };
    (@name $member:ident) => { stringify!($member) };
    ($table:ty: $($needed:ident $(= $needed_name:literal)?),* $(; $($other:ident $(= $other_name:literal)?),*)?) => {
        impl $crate::policy::decode::FromJson for $table {
            fn from_json(
                value: $crate::json::Json,
                reader: &mut $crate::policy::decode::Reader,
            ) -> Self {
                let mut members = $crate::policy::decode::Members::of(value, reader);
                let table = Self {
                    $($needed: members.take(members!(@name $needed $($needed_name)?), true),)*
                    $($($other: members.take(members!(@name $other $($other_name)?), false),)*)?
                };
                members.end();
                table
            }

            fn describe(shapes: &mut $crate::policy::shapes::Shapes) -> $crate::json::Json {
                shapes.named(stringify!($table), |_shapes| {
                    $(_shapes.spelled(
                        stringify!($table), members!(@name $needed $($needed_name)?), stringify!($needed)
                    );)*
                    $($(_shapes.spelled(
                        stringify!($table), members!(@name $other $($other_name)?), stringify!($other)
                    );)*)?
                    let needed: &[(&str, $crate::json::Json)] = &[$((
                        members!(@name $needed $($needed_name)?),
                        $crate::policy::decode::shape_of_member(_shapes, |table: &$table| &table.$needed),
                    )),*];
                    let others: &[(&str, $crate::json::Json)] = &[$($((
                        members!(@name $other $($other_name)?),
                        $crate::policy::decode::shape_of_member(_shapes, |table: &$table| &table.$other),
                    )),*)?];
                    $crate::policy::shapes::table(&[needed, others].concat(), needed.len())
                })
            }
        }
    };
}

/// Reads a text as one of some choices, each shown with its name in the file.
macro_rules! choices {
    ($choice:ty: $first_name:literal => $first:ident $(, $name:literal => $other:ident)*) => {
        impl $crate::policy::decode::FromJson for $choice {
            fn from_json(
                value: $crate::json::Json,
                reader: &mut $crate::policy::decode::Reader,
            ) -> Self {
                let place = reader.choice(&value, &[$first_name $(, $name)*]);
                [Self::$first $(, Self::$other)*].get(place).copied().unwrap_or(Self::$first)
            }

            fn describe(_: &mut $crate::policy::shapes::Shapes) -> $crate::json::Json {
                $crate::policy::shapes::one_of_texts(&[$first_name $(, $name)*])
            }
        }
    };
}

/// Reads an enum of expressions. `bare` are the forms that are no table; the others are tables of
/// one member, whose name tells the form and whose content makes it, or is a table of its members.
/// Where nothing fits, `what` was wanted and the last form is in.
macro_rules! forms {
    (@read $content:ident, $reader:ident, $form:ident) => {
        Self::$form(FromJson::from_json($content, $reader))
    };
    (@read $content:ident, $reader:ident, $form:ident($left:ident, $right:ident)) => {{
        let ($left, $right) = FromJson::from_json($content, $reader);
        Self::$form($left, $right)
    }};
    (@read $content:ident, $reader:ident, $form:ident { $($member:ident $(= $name:literal)?),+ }) => {{
        let mut members = Members::of($content, $reader);
        let form = Self::$form {
            $($member: members.take(members!(@name $member $($name)?), true),)+
        };
        members.end();
        form
    }};
    (
        $value:ident, $reader:ident, $what:literal;
        $($name:literal => $form:ident $(($($pair:tt)+))? $({ $($members:tt)+ })?),+;
        $otherwise:expr
    ) => {
        match $reader.form($value) {
            Some((name, content)) => {
                let outside = $reader.enter(&name);
                let form = match name.as_str() {
                    $($name => forms!(@read content, $reader, $form $(($($pair)+))? $({ $($members)+ })?),)+
                    _ => {
                        $reader.unknown("写法", &name, &[$($name),+]);
                        $otherwise
                    }
                };
                $reader.leave(outside);
                form
            }
            None => {
                $reader.wanted($what);
                $otherwise
            }
        }
    };
}

pub(super) use {choices, forms, members};

impl FromJson for String {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Text(text) => {
                // The words of a scheme stand among those of the page.
                let is_obeyed = |character: char| {
                    !matches!(character, '\n' | '\t') && character.is_control() || turns_direction(character)
                };
                if let Some(character) = text.chars().find(|character| is_obeyed(*character)) {
                    reader.complain(format!(
                        "文字里有看不见的字符 U+{:04X}，会改变旁边文字的显示，请删去",
                        u32::from(character)
                    ));
                }
                text
            }
            _ => {
                reader.wanted("文字");
                Self::new()
            }
        }
    }

    fn describe(_: &mut Shapes) -> Json {
        of_type("string")
    }
}

impl FromJson for bool {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Bool(answer) => answer,
            _ => {
                reader.wanted("true 或 false");
                false
            }
        }
    }

    fn describe(_: &mut Shapes) -> Json {
        of_type("boolean")
    }
}

impl FromJson for u32 {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
        .unwrap_or_else(|| {
            reader.wanted("整数");
            0
        })
    }

    fn describe(_: &mut Shapes) -> Json {
        of_type("integer")
    }
}

impl FromJson for Decimal {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Number(digits) => digits.parse().ok().map(Self::whole),
            Json::Text(text) => text.parse().ok(),
            _ => None,
        }
        .unwrap_or_else(|| {
            reader.wanted("整数，或写成文字的小数，如 \"0.5\"");
            Self::ZERO
        })
    }

    fn describe(_: &mut Shapes) -> Json {
        super::shapes::any_of([of_type("integer"), text_like(r"^-?[0-9]+(\.[0-9]+)?$")])
    }
}

impl FromJson for Points {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        let figure = Decimal::from_json(value, reader);
        Self::try_from(figure).unwrap_or_else(|_| {
            reader.wanted("至多两位小数，得分没有更细的");
            Self::ZERO
        })
    }

    fn describe(shapes: &mut Shapes) -> Json {
        Decimal::describe(shapes)
    }
}

impl FromJson for Object {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Object(object) => object,
            _ => {
                reader.wanted("表");
                Self::new()
            }
        }
    }

    fn describe(_: &mut Shapes) -> Json {
        of_type("object")
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Null => None,
            value => Some(T::from_json(value, reader)),
        }
    }

    fn describe(shapes: &mut Shapes) -> Json {
        T::describe(shapes)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        Self::new(T::from_json(value, reader))
    }

    fn describe(shapes: &mut Shapes) -> Json {
        T::describe(shapes)
    }
}

impl<T: FromJson> FromJson for (T, T) {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        let [left, right] = match value {
            Json::List(items) => <[Json; 2]>::try_from(items).ok(),
            _ => None,
        }
        .unwrap_or_else(|| {
            reader.wanted("两项的列表");
            [Json::Null, Json::Null]
        });
        (T::from_json(left, reader), T::from_json(right, reader))
    }

    fn describe(shapes: &mut Shapes) -> Json {
        two_of(T::describe(shapes))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        let Json::List(items) = value else {
            reader.wanted("列表");
            return Self::new();
        };
        let mut read = Self::with_capacity(items.len());
        for (number, item) in items.into_iter().enumerate() {
            let outside = reader.enter_entry(number, &item);
            read.push(T::from_json(item, reader));
            reader.leave(outside);
        }
        read
    }

    fn describe(shapes: &mut Shapes) -> Json {
        list_of(T::describe(shapes))
    }
}

impl<I, T: FromJson> FromJson for IdxVec<I, T> {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        Vec::from_json(value, reader).into_iter().collect()
    }

    fn describe(shapes: &mut Shapes) -> Json {
        Vec::<T>::describe(shapes)
    }
}
