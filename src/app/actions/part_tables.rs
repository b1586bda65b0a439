//! Parts of the open case as workbooks for colleagues who answer in a spreadsheet. What
//! makes and reads them is in the piece of the tables.

use crate::answers::Case;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{BroughtCase, BroughtTable, Session, TableContent};
use crate::documents::CasePart;
use crate::policy::Group;
use crate::tables::{part_sheets, returned_part, sheets_from_transfer, take_part};
use crate::wording::messages;

use super::tables::TableFormat;

seam! {
    "tables" "17" fn give_part(session: Session, case: Case, part: CasePart) -> () {
        let sheets = part_sheets(&session.policy(), &case, &part);
        let kind = session.say(messages::handing::file(&part.name));
        session.give_table_of(&part.title, &kind, TableFormat::Workbook, &sheets);
    }
}

seam! {
    "tables" "18" fn workbook_came(session: Session, table: BroughtTable) -> () {
        wasm_bindgen_futures::spawn_local(async move {
            if !session.takes_part_table(&table).await {
                session.bring_table(table);
            }
        });
    }
}

impl Session {
    /// Gives the questions of some groups to the user as a workbook for whoever answers them.
    pub fn export_part_table(self, name: &str, groups: &[&Group]) {
        let (case, part) = self.part_of(name, groups);
        self.once_there(Piece::Tables, move || give_part(self, case, part));
    }

    /// Shows what is in a workbook: what a part brings to the case that it is of, or else
    /// each cell as it will stand.
    pub(super) fn bring_workbook(self, table: BroughtTable) {
        self.once_there(Piece::Tables, move || workbook_came(self, table));
    }

    /// Where a workbook is a part of a case of the desk, opens that case and shows what
    /// the part brings. Whether it is.
    async fn takes_part_table(self, table: &BroughtTable) -> bool {
        let TableContent::Workbook(text) = &table.content else {
            return false;
        };
        let mut sheets = sheets_from_transfer(text).unwrap_or_default();
        let Some(part) = take_part(&mut sheets) else {
            return false;
        };
        let policy = self.policy();
        let Some(returned) = returned_part(&policy, &part, &sheets, self.today()) else {
            return false;
        };
        if !self.is_wanted(&part).await {
            return false;
        }
        if !self.filing.is_gone() {
            self.bring_part(BroughtCase {
                into: part.case.clone(),
                base: part.base(&policy),
                name: part.name,
                saved_at: String::new(),
                case: returned.case,
                left_out: returned.faults,
            });
        }
        true
    }
}
