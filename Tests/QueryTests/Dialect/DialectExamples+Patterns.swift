extension DialectExamples {
  /// Regular expressions, SIMILAR TO, ANY and ALL.
  static let patterns = #"""
    t ~ 'b.r' ⇒ true
    t ~ '^bar' ⇒ false
    t ~ 'FOO' ⇒ false
    t ~* 'FOO' ⇒ true
    t !~ 'bar' ⇒ false
    t !~* 'BAR' ⇒ false
    t ~ p ⇒ true
    substring(t from 'o+') ⇒ oo
    substring(t from 'o(.)b') ⇒ o
    substring('foobar' from 'o(.)b') ⇒ o
    substring(t, p) ⇒ ar
    substring('foobar' similar '%#"o_b#"%' escape '#') ⇒ oob
    substring('foobar' similar '#"o_b#"%' escape '#') ⇒ NULL
    substring('abcdefg' similar 'a#"(b_d)#"%' escape '#') ⇒ bcd
    substring('abcdefg' similar '#"(b_d)#"%' escape '#') ⇒ NULL
    substring('abcdefg' similar 'a*#"%#"g*' escape '#') ⇒ abcdefg
    substring('abcdefg' similar 'a#"%#"x|g' escape '#') ⇒ bcdef
    substring('abcdefg' similar 'a#"%|ab#"g' escape '#') ⇒ bcdef
    substring('abcdefg' similar 'a*#"%#"g*#"x' escape '#') ⇒ error: SQL regular expression may not contain more than two escape-double-quote separators
    substring('abcdefg' similar 'a#"%g' escape '#') ⇒ bcdefg
    substring('abcdefg' similar 'a%g' escape '#') ⇒ abcdefg
    substring('abcdefg' similar '%' escape null) ⇒ NULL
    'abc' similar to '(b|c)%' ⇒ false
    'abc' similar to '%(b|d)%' ⇒ true
    'abc' similar to 'abc' ⇒ true
    'abc' similar to 'a' ⇒ false
    'a.c' similar to 'a\.c' ⇒ true
    'abc' similar to 'a.c' ⇒ false
    'abcdefg' similar to '_bcd%' ⇒ true
    'abcdefg' similar to '_bcd#%' escape '#' ⇒ false
    'abcd%' similar to '_bcd#%' escape '#' ⇒ true
    'abcdefg' similar to '_bcd\%' ⇒ false
    'abcd\efg' similar to '_bcd\%' escape '' ⇒ true
    'abcdefg' similar to '_bcd%' escape null ⇒ NULL
    'abcdefg' similar to '_bcd#%' escape '##' ⇒ error: invalid escape string
    'a[' similar to 'a[[]' ⇒ true
    'a%' similar to 'a[%]' ⇒ true
    'abc' not similar to '%b%' ⇒ false
    similar_to_escape('a_b%(c)[^_.$]\d^') ⇒ ^(?:a.b.*(?:c)[^_.$]\d\^)$
    (regexp_match('foobarbequebaz', 'bar.*que'))[1] ⇒ barbeque
    (regexp_match('foobarbequebaz', '(bar)(beque)'))[2] ⇒ beque
    (regexp_match('foobarbequebaz', '(bar)(beque)'))[3] ⇒ NULL
    (regexp_match('foobarbequebaz', '(bar)(beque)'))[i] ⇒ NULL
    (regexp_match('foobarbequebaz', '(BAR)(beque)', 'i'))[1] ⇒ bar
    (regexp_match('abc', 'x(d)?'))[1] ⇒ NULL
    (regexp_match('abc', 'b(d)?'))[1] is null ⇒ true
    regexp_replace('foobarbaz', 'b..', 'X') ⇒ fooXbaz
    regexp_replace('foobarbaz', 'b..', 'X', 'g') ⇒ fooXX
    regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g') ⇒ fooXarYXazY
    regexp_replace('foobarbaz', 'B(..)', '<\&|\1>', 'gi') ⇒ foo<bar|ar><baz|az>
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i') ⇒ X PXstgrXSQL fXnctXXn
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 3, 'i') ⇒ A PostgrXSQL function
    regexp_replace('A PostgreSQL function', 'A|e|i|o|u', 'X', 1) ⇒ X PostgreSQL function
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 2) ⇒ A PostgrXSQL function
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 7, 0, 'i') ⇒ A PostgrXSQL fXnctXXn
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 100, 0, 'i') ⇒ A PostgreSQL function
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 0, 0, 'i') ⇒ error: invalid value for parameter "start": 0
    regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, -1, 'i') ⇒ error: invalid value for parameter "n": -1
    regexp_replace('abc', 'b', 'x', 'z') ⇒ error: invalid regular expression option: "z"
    regexp_replace('abc', 'b', '\\', 'g') ⇒ a\c
    regexp_replace('abc', 'b', '\x\', 'g') ⇒ a\x\c
    regexp_replace('abc', 'b', '\0', 'g') ⇒ a\0c
    regexp_replace('abc', '(b)?', '[\1]', 'g') ⇒ []a[b][]c[]
    regexp_replace('abc', '', '-', 'g') ⇒ -a-b-c-
    regexp_replace('abc', '$', '-', 'g') ⇒ abc-
    regexp_replace('abc', '^', '-', 'g') ⇒ -abc
    regexp_replace('äöü', '', '-', 'g') ⇒ -ä-ö-ü-
    regexp_replace('a  b   c', '\s+', ' ', 'g') ⇒ a b c
    regexp_replace('foo<b>bar</b>', '<.*?>', '', 'g') ⇒ foobar
    regexp_replace('foo<b>bar</b>', '<.*>', '', 'g') ⇒ foo
    regexp_replace('foo<b>bar</b>', '<[^>]*>', '', 'g') ⇒ foobar
    regexp_like('Hello World', 'world$', 'i') ⇒ true
    regexp_like('Hello World', 'world$') ⇒ false
    regexp_like('Hello World', 'world$', 'g') ⇒ error: regexp_like() does not support the "global" option
    regexp_count('ABCABCAXYaxy', 'A.') ⇒ 3
    regexp_count('ABCABCAXYaxy', 'A.', 1, 'i') ⇒ 4
    regexp_count('ABCABCAXYaxy', 'A.', 4) ⇒ 2
    regexp_count('ABC', '', 1) ⇒ 4
    regexp_count('ABC', 'x*', 4) ⇒ 1
    regexp_count('ABC', 'x*', 5) ⇒ 0
    regexp_count('ABC', 'A', 0) ⇒ error: invalid value for parameter "start": 0
    regexp_count('ABC', 'A', 1, 'g') ⇒ error: regexp_count() does not support the "global" option
    regexp_instr('number of your street, town zip, FR', '[^,]+', 1, 2) ⇒ 23
    regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 0, 'i', 2) ⇒ 6
    regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 1, 'i', 2) ⇒ 9
    regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 2, 'i', 2) ⇒ error: invalid value for parameter "endoption": 2
    regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 0, 'i', 3) ⇒ 0
    regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 0, 'i', -1) ⇒ error: invalid value for parameter "subexpr": -1
    regexp_instr('ABCDEFGHI', 'c..', 1, 1, 0, 'i', 1) ⇒ 3
    regexp_instr('ABCDEFGHI', 'D', 1, 0) ⇒ error: invalid value for parameter "n": 0
    regexp_instr('ABC', '', 4) ⇒ 4
    regexp_instr('ABC', '', 5) ⇒ 0
    regexp_substr('number of your street, town zip, FR', '[^,]+', 1, 2) ⇒  town zip
    regexp_substr('ABCDEFGHI', '(c..)(...)', 1, 1, 'i', 2) ⇒ FGH
    regexp_substr('ABCDEFGHI', '(c..)(...)', 1, 1, 'i', 3) ⇒ NULL
    regexp_substr('ABCDEFGHI', 'c..', 1, 1, 'i', 1) ⇒ CDE
    regexp_substr('ABCDEFGHI', 'z') ⇒ NULL
    'a' ~ '(' ⇒ error: invalid regular expression: parentheses () not balanced
    'a' ~ ')' ⇒ error: invalid regular expression: parentheses () not balanced
    'a' ~ '[' ⇒ error: invalid regular expression: brackets [] not balanced
    'a' ~ '[a' ⇒ error: invalid regular expression: brackets [] not balanced
    'a' ~ '[z-a]' ⇒ error: invalid regular expression: invalid character range
    'a' ~ '[[:foo:]]' ⇒ error: invalid regular expression: invalid character class
    'a' ~ 'a{2,1}' ⇒ error: invalid regular expression: invalid repetition count(s)
    'a' ~ 'a{256}' ⇒ error: invalid regular expression: invalid repetition count(s)
    'a' ~ 'a{1' ⇒ error: invalid regular expression: braces {} not balanced
    'a' ~ 'a{1,2,3}' ⇒ error: invalid regular expression: invalid repetition count(s)
    'a{' ~ 'a{' ⇒ true
    'a{x' ~ 'a{x' ⇒ true
    'a' ~ '*' ⇒ error: invalid regular expression: quantifier operand invalid
    'a' ~ 'a**' ⇒ error: invalid regular expression: quantifier operand invalid
    'a' ~ '^*' ⇒ error: invalid regular expression: quantifier operand invalid
    'a' ~ '\' ⇒ error: invalid regular expression: invalid escape \ sequence
    'a' ~ '\q' ⇒ error: invalid regular expression: invalid escape \ sequence
    'a' ~ '(?i' ⇒ error: invalid regular expression: invalid embedded option
    'A' ~ '(?i)a' ⇒ true
    'A' ~ '***:(?i)a' ⇒ true
    'a.c' ~ '***=a.c' ⇒ true
    'abc' ~ '***=a.c' ⇒ false
    'a' ~ '***a' ⇒ error: invalid regular expression: quantifier operand invalid
    'a' ~ '(?z)a' ⇒ error: invalid regular expression: invalid embedded option
    'a' ~ 'a(?i)b' ⇒ error: invalid regular expression: quantifier operand invalid
    'ab' ~ 'a(?:b)' ⇒ true
    'ab' ~ 'a(?#comment)b' ⇒ true
    'ab' ~ '(?x) a   b # comment' ⇒ true
    'a b' ~ '(?x)a\ b' ⇒ true
    'aa' ~ '(a)\2' ⇒ error: invalid regular expression: invalid backreference number
    'aa' ~ '\1' ⇒ error: invalid regular expression: invalid backreference number
    E'\x01' ~ '\001' ⇒ true
    'S' ~ '\123' ⇒ true
    'a' ~ '\x61' ⇒ true
    'a' ~ '\u0061' ⇒ true
    'a' ~ '\U00000061' ⇒ true
    'a' ~ '\u61' ⇒ error: invalid regular expression: invalid escape \ sequence
    E'a\tb' ~ 'a\tb' ⇒ true
    E'a\bb' ~ 'a\bb' ⇒ true
    'a\b' ~ 'a\Bb' ⇒ true
    'foo bar' ~ '\mbar\M' ⇒ true
    'foobar' ~ '\mbar\M' ⇒ false
    'foo bar' ~ '\yb' ⇒ true
    'foobar' ~ '\yb' ⇒ false
    'foobar' ~ '\Yb' ⇒ true
    'foo bar' ~ '[[:<:]]bar[[:>:]]' ⇒ true
    'foo' ~ '\Afoo\Z' ⇒ true
    regexp_replace('foo bar baz', '\m(\w)', '<\1>', 'g') ⇒ <f>oo <b>ar <b>az
    regexp_replace('foo bar baz', '\w+\M', 'X', 'g') ⇒ X X X
    'a1' ~ '^[[:alpha:]][[:digit:]]$' ⇒ true
    'é' ~ '^\w$' ⇒ true
    'É' ~* '^é$' ⇒ true
    'É' ~* '^[é-í]$' ⇒ true
    'k' ~* 'K' ⇒ true
    'ß' ~* 'SS' ⇒ false
    '_' ~ '^\w$' ⇒ true
    '-' ~ '[a-]' ⇒ true
    ']' ~ '[]]' ⇒ true
    '-' ~ '[]-a]' ⇒ false
    '^' ~ '[]-a]' ⇒ true
    'a' ~ '[^]]' ⇒ true
    'b' ~ '[a-b-c]' ⇒ error: invalid regular expression: invalid character range
    '5' ~ '[a\d]' ⇒ true
    '5' ~ '[^\d]' ⇒ false
    '5' ~ '[a-\d]' ⇒ error: invalid regular expression: invalid character range
    'a' ~ '[\W_]' ⇒ false
    '_' ~ '[^\W_]' ⇒ false
    'a' ~ '[[.a.]]' ⇒ true
    'a' ~ '[[=a=]]' ⇒ true
    'a' ~ '[[..]]' ⇒ error: invalid regular expression: invalid collating element
    E'a\nb' ~ 'a.b' ⇒ true
    E'a\nb' ~ '(?n)a.b' ⇒ false
    E'a\nb' ~ '(?n)a$' ⇒ true
    E'a\nb' ~ 'a$' ⇒ false
    E'a\nb' ~ '(?w)^b' ⇒ true
    E'a\nb' ~ '(?p)^b' ⇒ false
    E'a\nb' ~ '(?p)a.b' ⇒ false
    E'a\nb' ~ '(?n)a[^x]b' ⇒ false
    E'a\nb' ~ '(?n)a\Wb' ⇒ true
    E'a\nb' ~ '(?n)a\Sb' ⇒ false
    E'a\nb' ~ '(?s)a.b' ⇒ true
    '' ~ '' ⇒ true
    '' ~ 'a*' ⇒ true
    'abc' ~ '|' ⇒ true
    'abc' ~ 'x|' ⇒ true
    'abc' ~ '()' ⇒ true
    regexp_replace('abc', '(|a)', '<\1>', 'g') ⇒ <a><>b<>c<>
    regexp_replace('xaaay', 'a{0}', '-', 'g') ⇒ -x-a-a-a-y-
    substring('XY1234Z', 'Y*([0-9]{1,3})') ⇒ 123
    substring('XY1234Z', 'Y*?([0-9]{1,3})') ⇒ 1
    substring('abc01234xyz', '(?:(.*?)(\d+)(.*)){1,1}') ⇒ abc
    (regexp_match('abc01234xyz', '(?:(.*?)(\d+)(.*)){1,1}'))[2] ⇒ 01234
    (regexp_match('abc01234xyz', '(.*)(\d+)(.*)'))[2] ⇒ 4
    (regexp_match('abc01234xyz', '(.*?)(\d+)(.*)'))[2] ⇒ 0
    (regexp_match('abc01234xyz', '(.*?)(\d+)(.*)'))[3] ⇒ 
    (regexp_match('abcd', '(a|ab)(c|bcd)'))[1] ⇒ a
    (regexp_match('abc', '(a|ab)(bc|c)'))[1] ⇒ ab
    (regexp_match('abc', '(?:a|ab)(bc|c)'))[1] ⇒ c
    (regexp_match('aaa', '(a{1,2})+'))[1] ⇒ a
    (regexp_match('aaa', '(a{1,2})*'))[1] ⇒ a
    (regexp_match('abab', '((a)|(b))*'))[2] ⇒ NULL
    (regexp_match('abab', '((a)|(b))*'))[3] ⇒ b
    (regexp_match('', '(a*)*'))[1] is null ⇒ false
    (regexp_match('', '(a*)+'))[1] is null ⇒ false
    (regexp_match('b', '(a*)?b'))[1] is null ⇒ false
    (regexp_match('key=value', '^\s*(\w+)\s*=\s*(\w+)\s*$'))[2] ⇒ value
    (regexp_match('2013-01-31', '(\d{4})-(\d{2})-(\d{2})'))[2] ⇒ 01
    (regexp_match('http://ex.org/a?b', '^(https?)://([^/]+)(/[^?]*)?(\?.*)?$'))[3] ⇒ /a
    (regexp_match('http://ex.org', '^(https?)://([^/]+)(/[^?]*)?(\?.*)?$'))[3] is null ⇒ true
    t = any (array['x','foobarbaz']) ⇒ true
    t = any ('{x,foobarbaz}') ⇒ true
    t = any ('{x,"foobarbaz"}'::text[]) ⇒ true
    t <> all (array['x','y']) ⇒ true
    t <> all ('{}') ⇒ true
    t = any ('{}') ⇒ false
    t = any (null) ⇒ NULL
    i = any ('{1,5,NULL}') ⇒ true
    i = any ('{1,NULL}') ⇒ NULL
    i <> all ('{1,NULL}') ⇒ NULL
    i > all ('{1,2}') ⇒ true
    i > any ('{9,2}') ⇒ true
    i = any (array[1,2.5,5]) ⇒ true
    i = any ('{1,x}') ⇒ error: invalid input syntax for type integer: "x"
    i = any (array['1','5']) ⇒ error: operator does not exist: integer = text
    i = any ('{1,5') ⇒ error: malformed array literal: "{1,5"
    i = any ('{ 1 , 5 }') ⇒ true
    t like any (array['x%','foo%']) ⇒ true
    t not like all (array['x%','foo%']) ⇒ false
    t ilike any ('{X%,FOO%}') ⇒ true
    t ~ any (array['x','oo']) ⇒ true
    t !~ all (array['x','oo']) ⇒ false
    t like all ('{}') ⇒ true
    """#
  /// Patterns made at random: what they capture and where they match.
  static let captures = #"""
    concat_ws('/', coalesce((regexp_match('cbbca', 'b|(b{0,2}?|c{2,}(?:a[^a]{2,}a{2}))*\w'))[1],'NULL'), regexp_replace('cbbca', 'b|(b{0,2}?|c{2,}(?:a[^a]{2,}a{2}))*\w', '<\&>', 'g')) ⇒ /<c><bbc><a>
    concat_ws('/', coalesce((regexp_match('bbbcb', '[^a]((?:b+[^a]|(a+b)+c)*?)[ab]|\w'))[1],'NULL'), coalesce((regexp_match('bbbcb', '[^a]((?:b+[^a]|(a+b)+c)*?)[ab]|\w'))[2],'NULL'), regexp_replace('bbbcb', '[^a]((?:b+[^a]|(a+b)+c)*?)[ab]|\w', '<\&>', 'g')) ⇒ bbc/NULL/<bbbcb>
    concat_ws('/', coalesce((regexp_match('cbccaaaa', '((\w??c)){1,2}\w'))[1],'NULL'), coalesce((regexp_match('cbccaaaa', '((\w??c)){1,2}\w'))[2],'NULL'), regexp_replace('cbccaaaa', '((\w??c)){1,2}\w', '<\&>', 'g')) ⇒ bc/bc/<cbcc>aaaa
    concat_ws('/', coalesce((regexp_match('aaaababb', 'b+?(b{0,2}b)a{1,1}'))[1],'NULL'), regexp_replace('aaaababb', 'b+?(b{0,2}b)a{1,1}', '<\&>', 'g')) ⇒ NULL/aaaababb
    concat_ws('/', coalesce((regexp_match('acccbc', 'c((?:(b{1,2}b{1,1}?a)a?(aa{1,2})+|a{2}){2,}?)'))[1],'NULL'), coalesce((regexp_match('acccbc', 'c((?:(b{1,2}b{1,1}?a)a?(aa{1,2})+|a{2}){2,}?)'))[2],'NULL'), coalesce((regexp_match('acccbc', 'c((?:(b{1,2}b{1,1}?a)a?(aa{1,2})+|a{2}){2,}?)'))[3],'NULL'), regexp_replace('acccbc', 'c((?:(b{1,2}b{1,1}?a)a?(aa{1,2})+|a{2}){2,}?)', '<\&>', 'g')) ⇒ NULL/NULL/NULL/acccbc
    regexp_replace('caa', '.(?:a{2,}|[ab])', '<\&>', 'g') ⇒ <caa>
    regexp_replace('aababaaa', 'bc{1,2}?', '<\&>', 'g') ⇒ aababaaa
    concat_ws('/', coalesce((regexp_match('bcababa', 'bb(bc(?:[ab]{0,2}?|c{1,2})|a{2}?(?:(bc))){1,1}?'))[1],'NULL'), coalesce((regexp_match('bcababa', 'bb(bc(?:[ab]{0,2}?|c{1,2})|a{2}?(?:(bc))){1,1}?'))[2],'NULL'), regexp_replace('bcababa', 'bb(bc(?:[ab]{0,2}?|c{1,2})|a{2}?(?:(bc))){1,1}?', '<\&>', 'g')) ⇒ NULL/NULL/bcababa
    concat_ws('/', coalesce((regexp_match('cabac', 'a?.{1,1}?(([ab]{2}(?:ccc)|(a{0,2})cb{0,2})c)'))[1],'NULL'), coalesce((regexp_match('cabac', 'a?.{1,1}?(([ab]{2}(?:ccc)|(a{0,2})cb{0,2})c)'))[2],'NULL'), coalesce((regexp_match('cabac', 'a?.{1,1}?(([ab]{2}(?:ccc)|(a{0,2})cb{0,2})c)'))[3],'NULL'), regexp_replace('cabac', 'a?.{1,1}?(([ab]{2}(?:ccc)|(a{0,2})cb{0,2})c)', '<\&>', 'g')) ⇒ NULL/NULL/NULL/cabac
    regexp_replace('cbb', 'a{2,}', '<\&>', 'g') ⇒ cbb
    regexp_replace('cccc', '[^a]{2,}?', '<\&>', 'g') ⇒ <cc><cc>
    regexp_replace('', 'cb[ab]{1,2}', '<\&>', 'g') ⇒ 
    regexp_replace('bbaaa', 'ca', '<\&>', 'g') ⇒ bbaaa
    concat_ws('/', coalesce((regexp_match('', 'c([ab]+?b{0,2}([ab](?:b+ac??){1,1}?))+[^a]'))[1],'NULL'), coalesce((regexp_match('', 'c([ab]+?b{0,2}([ab](?:b+ac??){1,1}?))+[^a]'))[2],'NULL'), regexp_replace('', 'c([ab]+?b{0,2}([ab](?:b+ac??){1,1}?))+[^a]', '<\&>', 'g')) ⇒ NULL/NULL/
    regexp_replace('acbbacb', 'a+', '<\&>', 'g') ⇒ <a>cbb<a>cb
    regexp_replace('babbabb', '.{2,}', '<\&>', 'g') ⇒ <babbabb>
    concat_ws('/', coalesce((regexp_match('', '(abb*){2}?|([^a]|a{1,2}?c?)[ab]'))[1],'NULL'), coalesce((regexp_match('', '(abb*){2}?|([^a]|a{1,2}?c?)[ab]'))[2],'NULL'), regexp_replace('', '(abb*){2}?|([^a]|a{1,2}?c?)[ab]', '<\&>', 'g')) ⇒ NULL/NULL/
    concat_ws('/', coalesce((regexp_match('ab', 'ba{2,}?|(c(c))a{2,}'))[1],'NULL'), coalesce((regexp_match('ab', 'ba{2,}?|(c(c))a{2,}'))[2],'NULL'), regexp_replace('ab', 'ba{2,}?|(c(c))a{2,}', '<\&>', 'g')) ⇒ NULL/NULL/ab
    regexp_replace('bbaaa', 'a\w{1,2}', '<\&>', 'g') ⇒ bb<aaa>
    concat_ws('/', coalesce((regexp_match('bba', '(cb|c*?){1,1}'))[1],'NULL'), regexp_replace('bba', '(cb|c*?){1,1}', '<\&>', 'g')) ⇒ /<>b<>b<>a<>
    concat_ws('/', coalesce((regexp_match('ccbab', '(a|([^a]?(?:b{2,}aa))[^a]{1,2})+(a?){2}'))[1],'NULL'), coalesce((regexp_match('ccbab', '(a|([^a]?(?:b{2,}aa))[^a]{1,2})+(a?){2}'))[2],'NULL'), coalesce((regexp_match('ccbab', '(a|([^a]?(?:b{2,}aa))[^a]{1,2})+(a?){2}'))[3],'NULL'), regexp_replace('ccbab', '(a|([^a]?(?:b{2,}aa))[^a]{1,2})+(a?){2}', '<\&>', 'g')) ⇒ a/NULL//ccb<a>b
    concat_ws('/', coalesce((regexp_match('', 'cc{2,}a|((a{2,}b){1,2}a.|c{1,2}c){1,2}'))[1],'NULL'), coalesce((regexp_match('', 'cc{2,}a|((a{2,}b){1,2}a.|c{1,2}c){1,2}'))[2],'NULL'), regexp_replace('', 'cc{2,}a|((a{2,}b){1,2}a.|c{1,2}c){1,2}', '<\&>', 'g')) ⇒ NULL/NULL/
    concat_ws('/', coalesce((regexp_match('baaa', '(?:a{0,2}\wc|a)a{0,2}(?:((b){2,}c{2,}|a)|ac{2,}c)'))[1],'NULL'), coalesce((regexp_match('baaa', '(?:a{0,2}\wc|a)a{0,2}(?:((b){2,}c{2,}|a)|ac{2,}c)'))[2],'NULL'), regexp_replace('baaa', '(?:a{0,2}\wc|a)a{0,2}(?:((b){2,}c{2,}|a)|ac{2,}c)', '<\&>', 'g')) ⇒ a/NULL/b<aaa>
    regexp_replace('bacabcbb', 'c{1,2}', '<\&>', 'g') ⇒ ba<c>ab<c>bb
    concat_ws('/', coalesce((regexp_match('bcabb', '(?:(?:[^a]a{1,1}(cb|a{0,2})|(ab{1,1}?))*|(?:.a){0,2}b)+?'))[1],'NULL'), coalesce((regexp_match('bcabb', '(?:(?:[^a]a{1,1}(cb|a{0,2})|(ab{1,1}?))*|(?:.a){0,2}b)+?'))[2],'NULL'), regexp_replace('bcabb', '(?:(?:[^a]a{1,1}(cb|a{0,2})|(ab{1,1}?))*|(?:.a){0,2}b)+?', '<\&>', 'g')) ⇒ NULL/NULL/<>b<>c<>a<>b<>b<>
    regexp_replace('', '(?:a?|a{1,1}ac*)+?a{1,1}', '<\&>', 'g') ⇒ 
    regexp_replace('cabbcca', 'a{2,}?', '<\&>', 'g') ⇒ cabbcca
    concat_ws('/', coalesce((regexp_match('', '(?:c??|(a(?:b)){1,2}){2}'))[1],'NULL'), regexp_replace('', '(?:c??|(a(?:b)){1,2}){2}', '<\&>', 'g')) ⇒ NULL/<>
    concat_ws('/', coalesce((regexp_match('cba', '[ab]([ab]|((?:baa|c.*?)b{1,1}a){1,1}?a?){1,2}'))[1],'NULL'), coalesce((regexp_match('cba', '[ab]([ab]|((?:baa|c.*?)b{1,1}a){1,1}?a?){1,2}'))[2],'NULL'), regexp_replace('cba', '[ab]([ab]|((?:baa|c.*?)b{1,1}a){1,1}?a?){1,2}', '<\&>', 'g')) ⇒ a/NULL/c<ba>
    regexp_replace('bbaba', 'a', '<\&>', 'g') ⇒ bb<a>b<a>
    concat_ws('/', coalesce((regexp_match('cbabccac', '[^a](a)c'))[1],'NULL'), regexp_replace('cbabccac', '[^a](a)c', '<\&>', 'g')) ⇒ a/cbabc<cac>
    regexp_replace('aabbbb', 'b{1,1}', '<\&>', 'g') ⇒ aa<b><b><b><b>
    regexp_replace('baaaaa', 'b+ac', '<\&>', 'g') ⇒ baaaaa
    regexp_replace('bba', 'b', '<\&>', 'g') ⇒ <b><b>a
    regexp_replace('aaaaab', '[^a]c{2}.*', '<\&>', 'g') ⇒ aaaaab
    concat_ws('/', coalesce((regexp_match('bbcaa', '[^a](?:a?([^a]){1,1}\w){1,1}a{0,2}'))[1],'NULL'), regexp_replace('bbcaa', '[^a](?:a?([^a]){1,1}\w){1,1}a{0,2}', '<\&>', 'g')) ⇒ b/<bbcaa>
    regexp_replace('cbacbc', 'c*|b{0,2}b{1,2}', '<\&>', 'g') ⇒ <c><b><>a<c><b><c><>
    regexp_replace('c', 'ca', '<\&>', 'g') ⇒ c
    regexp_replace('baacaba', 'b?', '<\&>', 'g') ⇒ <b><>a<>a<>c<>a<b><>a<>
    concat_ws('/', coalesce((regexp_match('bcbcaba', 'c?((?:c{1,1}a{2,}?c*)){1,1}'))[1],'NULL'), regexp_replace('bcbcaba', 'c?((?:c{1,1}a{2,}?c*)){1,1}', '<\&>', 'g')) ⇒ NULL/bcbcaba
    regexp_replace('a', 'c{1,1}', '<\&>', 'g') ⇒ a
    regexp_replace('abacbab', 'b', '<\&>', 'g') ⇒ a<b>ac<b>a<b>
    concat_ws('/', coalesce((regexp_match('ac', '(a+?a)+?b'))[1],'NULL'), regexp_replace('ac', '(a+?a)+?b', '<\&>', 'g')) ⇒ NULL/ac
    concat_ws('/', coalesce((regexp_match('b', 'c{2}(?:((b{2,}b))){2}?(?:(abc)c{1,2}?)'))[1],'NULL'), coalesce((regexp_match('b', 'c{2}(?:((b{2,}b))){2}?(?:(abc)c{1,2}?)'))[2],'NULL'), coalesce((regexp_match('b', 'c{2}(?:((b{2,}b))){2}?(?:(abc)c{1,2}?)'))[3],'NULL'), regexp_replace('b', 'c{2}(?:((b{2,}b))){2}?(?:(abc)c{1,2}?)', '<\&>', 'g')) ⇒ NULL/NULL/NULL/b
    concat_ws('/', coalesce((regexp_match('bbbcab', 'a{1,1}((?:b+b??(a{1,2}?a|bbb*){2}))?c'))[1],'NULL'), coalesce((regexp_match('bbbcab', 'a{1,1}((?:b+b??(a{1,2}?a|bbb*){2}))?c'))[2],'NULL'), regexp_replace('bbbcab', 'a{1,1}((?:b+b??(a{1,2}?a|bbb*){2}))?c', '<\&>', 'g')) ⇒ NULL/NULL/bbbcab
    regexp_replace('ba', '.|[^a]+?', '<\&>', 'g') ⇒ <b><a>
    concat_ws('/', coalesce((regexp_match('', '(b+)cc'))[1],'NULL'), regexp_replace('', '(b+)cc', '<\&>', 'g')) ⇒ NULL/
    regexp_replace('abc', 'aa{0,2}', '<\&>', 'g') ⇒ <a>bc
    regexp_replace('aaacb', 'b{2}?\w{1,1}?c{2}', '<\&>', 'g') ⇒ aaacb
    regexp_replace('ab', 'b*', '<\&>', 'g') ⇒ <>a<b><>
    regexp_replace('abab', 'c{1,1}?c{1,2}', '<\&>', 'g') ⇒ abab
    concat_ws('/', coalesce((regexp_match('cbabbaac', 'a*(aa)'))[1],'NULL'), regexp_replace('cbabbaac', 'a*(aa)', '<\&>', 'g')) ⇒ aa/cbabb<aa>c
    concat_ws('/', coalesce((regexp_match('abbab', '(bc+a{1,1}|c{1,1})c?'))[1],'NULL'), regexp_replace('abbab', '(bc+a{1,1}|c{1,1})c?', '<\&>', 'g')) ⇒ NULL/abbab
    regexp_replace('babaab', 'a\w{1,2}?', '<\&>', 'g') ⇒ b<ab><aa>b
    regexp_replace('abb', '[^a]ba{1,1}', '<\&>', 'g') ⇒ abb
    regexp_replace('cabbb', 'a{1,1}b', '<\&>', 'g') ⇒ c<ab>bb
    regexp_replace('', '[ab]{0,2}', '<\&>', 'g') ⇒ <>
    regexp_replace('b', 'b{1,1}?.{0,2}?c', '<\&>', 'g') ⇒ b
    concat_ws('/', coalesce((regexp_match('cababab', 'a(?:a+?){2}|a{2}b(ca{1,1}(?:b{2}){0,2})'))[1],'NULL'), regexp_replace('cababab', 'a(?:a+?){2}|a{2}b(ca{1,1}(?:b{2}){0,2})', '<\&>', 'g')) ⇒ NULL/cababab
    concat_ws('/', coalesce((regexp_match('cbac', 'c(ab((b+b{2,}?)a{1,1}?){1,2})'))[1],'NULL'), coalesce((regexp_match('cbac', 'c(ab((b+b{2,}?)a{1,1}?){1,2})'))[2],'NULL'), coalesce((regexp_match('cbac', 'c(ab((b+b{2,}?)a{1,1}?){1,2})'))[3],'NULL'), regexp_replace('cbac', 'c(ab((b+b{2,}?)a{1,1}?){1,2})', '<\&>', 'g')) ⇒ NULL/NULL/NULL/cbac
    concat_ws('/', coalesce((regexp_match('baaca', 'b{0,2}(\w(b*?))'))[1],'NULL'), coalesce((regexp_match('baaca', 'b{0,2}(\w(b*?))'))[2],'NULL'), regexp_replace('baaca', 'b{0,2}(\w(b*?))', '<\&>', 'g')) ⇒ a//<ba><a><c><a>
    """#
}
