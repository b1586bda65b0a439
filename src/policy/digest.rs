//! SHA-256, by which a case file names the very rules it was written under.
//! Browsers offer it over https only, and the page also is on plain http.
//!
//! It is written by hand: it adds 1.3 kB to the compressed module, where the
//! crate `sha2` adds 2.7, and policies are short enough for the plain way.

/// The roots that the standard (FIPS 180-4) takes its constants from.
const PRIMES: [u64; 64] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223,
    227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311,
];

/// The SHA-256 of some bytes, in 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let constants = PRIMES.map(|prime| fraction_of_root(prime, 3));
    let mut state = [0_u32; 8];
    for (word, prime) in state.iter_mut().zip(PRIMES) {
        *word = fraction_of_root(prime, 2);
    }
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    let bits = (bytes.len() as u64) * 8;
    padded.extend(bits.to_be_bytes());
    for block in padded.chunks_exact(64) {
        compress(&mut state, &constants, block);
    }
    state.iter().map(|word| format!("{word:08x}")).collect()
}

/// The first 32 bits behind the point of the square or cube root of a prime.
fn fraction_of_root(prime: u64, degree: u32) -> u32 {
    // The root of prime · 2^(32·degree) is the root of the prime in units of 2^-32.
    let wanted = u128::from(prime) << (32 * degree);
    let mut root = 0_u128;
    for bit in (0..37).rev() {
        let tried = root | (1 << bit);
        if tried.pow(degree) <= wanted {
            root = tried;
        }
    }
    // The cut to 32 bits takes away what is before the point.
    root as u32
}

fn compress(state: &mut [u32; 8], constants: &[u32; 64], block: &[u8]) {
    // The last sixteen words of the schedule are enough to compute the next.
    let mut recent = [0_u32; 16];
    for (word, four) in recent.iter_mut().zip(block.chunks_exact(4)) {
        *word = four.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for constant in constants {
        let [word, second, .., second_to_last, _] = recent;
        let tenth = recent.get(9).copied().unwrap_or_default();
        let one = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let first = h
            .wrapping_add(one)
            .wrapping_add(choice)
            .wrapping_add(*constant)
            .wrapping_add(word);
        let zero = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(zero.wrapping_add(majority)));
        let early = second.rotate_right(7) ^ second.rotate_right(18) ^ (second >> 3);
        let late = second_to_last.rotate_right(17) ^ second_to_last.rotate_right(19) ^ (second_to_last >> 10);
        let next = word.wrapping_add(early).wrapping_add(tenth).wrapping_add(late);
        recent.rotate_left(1);
        if let Some(last) = recent.last_mut() {
            *last = next;
        }
    }
    for (word, added) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(added);
    }
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn the_examples_of_the_standard_come_out() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            sha256(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            sha256(b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        );
    }
}
