//! Whether a text was read in another encoding than it was written in, and saved so.

/// What the first two bytes of the commonest Chinese characters in UTF-8 are in GBK: 绀轰緥
/// was 示例. Hardly any of them is met in other texts.
const READ_AS_GBK: &str = "妗姝姣娆娉娌娓娴宸寤寮寰搴杈杞杩棰椤浜浠浣浼涓涔淇渚澶濉濡瀛瀵瀹灏灞琛瑕瑙瑾璁璇璐璧甯绀绉绋绔绗绛绠绫绾缁缂缃褰鍋鍏鍐鍑\
                           鍒鍓鍔鍖鍗鍘鍙鍚鍛鍜鍝鍟鍣鍥鍦鍩鎬鎴鎵鎶鎷鎸鎹鎺鎻鏀鏁鏂鏃鏄鏈鏉鏋鏌鏍鐐鐓鐗鐞鐢鐣鐤鐨鐩鐪鑱鑳鑷鑹鑽閫閬閮閲閿闂闄闅闈骞";
/// The least that is no chance.
const LEAST: usize = 3;
/// Of how many characters one is among them, where a text is garbled: every third is such a one.
const OF_EACH: usize = 4;

/// Whether a text in UTF-8 was taken for GBK, or for Latin letters, when it was saved.
pub fn is_garbled(text: &str) -> bool {
    let (mut of_gbk, mut chinese, mut of_latin) = (0, 0, 0);
    let mut before = ' ';
    for character in text.chars() {
        chinese += usize::from(matches!(character, '\u{4e00}'..='\u{9fff}'));
        of_gbk += usize::from(READ_AS_GBK.contains(character));
        // The first byte of a character and one that goes on with it.
        of_latin += usize::from(matches!(before, 'Ã'..='ô') && goes_on(character));
        before = character;
    }
    of_latin >= LEAST || of_gbk >= LEAST && of_gbk * OF_EACH >= chinese
}

/// Whether a character is what a further byte of UTF-8 is in Latin-1, or as Windows has it.
const fn goes_on(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{bf}' | '\u{152}'..='\u{192}' | '\u{2c6}' | '\u{2dc}')
        || matches!(character, '\u{2013}'..='\u{203a}' | '€' | '™')
}
