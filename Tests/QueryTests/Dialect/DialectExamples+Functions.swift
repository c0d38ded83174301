extension DialectExamples {
  /// Functions and operators of text and numbers, casts with modifiers.
  static let functions = #"""
    overlay('Txxxxas' placing 'hom' from 2 for 4) ⇒ Thomas
    overlay('abcdef' placing 'ZZ' from 3) ⇒ abZZef
    overlay('abcdef' placing '45' from 4 for 0) ⇒ abc45def
    overlay('abcdef' placing 'x' from 10) ⇒ abcdefx
    overlay('abcdef' placing 'x' from 3 for -2) ⇒ abxabcdef
    overlay('abcdef' placing 'x' from 0) ⇒ error: negative substring length not allowed
    overlay('äöü' placing 'x' from 2 for 1) ⇒ äxü
    format('Hello %s', 'World') ⇒ Hello World
    format('Testing %s, %s, %s, %%', 'one', 'two', 'three') ⇒ Testing one, two, three, %
    format('INSERT INTO %I VALUES(%L)', 'Foo bar', E'O\'Reilly') ⇒ INSERT INTO "Foo bar" VALUES('O''Reilly')
    format('|%10s|', 'foo') ⇒ |       foo|
    format('|%-10s|', 'foo') ⇒ |foo       |
    format('|%*s|', 10, 'foo') ⇒ |       foo|
    format('|%*s|', -10, 'foo') ⇒ |foo       |
    format('|%-*s|', 10, 'foo') ⇒ |foo       |
    format('|%-*s|', -10, 'foo') ⇒ |foo       |
    format('Testing %3$s, %2$s, %1$s', 'one', 'two', 'three') ⇒ Testing three, two, one
    format('|%*2$s|', 'foo', 10, 'bar') ⇒ |       bar|
    format('|%1$*2$s|', 'foo', 10, 'bar') ⇒ |       foo|
    format('Testing %3$s, %2$s, %s', 'one', 'two', 'three') ⇒ Testing three, two, three
    format('%s', null) ⇒ 
    format('%L', null) ⇒ NULL
    format('%I', null) ⇒ error: null values cannot be formatted as an SQL identifier
    format('%0$s', 'a') ⇒ error: format specifies argument 0, but arguments are numbered from 1
    format('%s %s', 'a') ⇒ error: too few arguments for format()
    format('%x', 'a') ⇒ error: unrecognized format() type specifier "x"
    format('%', 'a') ⇒ error: unterminated format() type specifier
    format('%1$', 'a') ⇒ error: unterminated format() type specifier
    format('%s', true) ⇒ t
    format('%s %s', 1, 2.50) ⇒ 1 2.50
    format(null, 1) ⇒ NULL
    format('abc') ⇒ abc
    format('%-s|', 'x') ⇒ x|
    format('%5%') ⇒ error: unrecognized format() type specifier "%"
    format('%I', 'select') ⇒ "select"
    format('%I', 'name') ⇒ name
    format('%1$s %s', 'a', 'b') ⇒ a b
    format('%*1s', 5, 'x') ⇒ error: width argument position must be ended by "$"
    quote_ident('Foo bar') ⇒ "Foo bar"
    quote_ident('foo') ⇒ foo
    quote_ident('select') ⇒ "select"
    quote_ident('a"b') ⇒ "a""b"
    quote_ident('') ⇒ ""
    quote_ident('1a') ⇒ "1a"
    quote_ident('_a1') ⇒ _a1
    quote_literal(E'O\'Reilly') ⇒ 'O''Reilly'
    quote_literal('a\b') ⇒ E'a\\b'
    quote_literal(42.5) ⇒ '42.5'
    quote_literal(null) ⇒ NULL
    quote_nullable(null) ⇒ NULL
    quote_nullable('x') ⇒ 'x'
    md5('') ⇒ d41d8cd98f00b204e9800998ecf8427e
    md5('abc') ⇒ 900150983cd24fb0d6963f7d28e17f72
    md5('The quick brown fox jumps over the lazy dog and then some more text to make it longer than a block') ⇒ 7c817f5420160977d01cc2ad55b5e616
    md5(repeat('a', 55)) ⇒ ef1772b6dff9a122358552954ad0df65
    md5(repeat('a', 56)) ⇒ 3b0c8ac703f828b04c6c197006d17218
    md5(repeat('a', 64)) ⇒ 014842d480b571495a4a0363793f7367
    md5('äöü') ⇒ 0a09d7ee1e23c509e5e6846c86823081
    bit_length('jose') ⇒ 32
    bit_length('ä') ⇒ 16
    to_hex(2147483647) ⇒ 7fffffff
    to_hex(-1) ⇒ ffffffff
    to_hex(9223372036854775807) ⇒ 7fffffffffffffff
    to_hex(b) ⇒ 1a13b8600
    unistr('d\0061t\+000061') ⇒ data
    unistr('d\u0061t\U00000061') ⇒ data
    unistr('\\x') ⇒ \x
    unistr('\d83d\de00') ⇒ 😀
    unistr('\d83d') ⇒ error: invalid Unicode surrogate pair
    unistr('\xyz') ⇒ error: invalid Unicode escape
    starts_with('alphabet','alph') ⇒ true
    'alphabet' ^@ 'alph' ⇒ true
    div(9,4) ⇒ 2
    div(-9,4) ⇒ -2
    div(9.5,4) ⇒ 2
    div(7,2) ⇒ 3
    div(8.999,3) ⇒ 2
    div(1,0) ⇒ error: division by zero
    div(n, 5) ⇒ 2
    gcd(1071, 462) ⇒ 21
    gcd(-1071, 462) ⇒ 21
    gcd(0,0) ⇒ 0
    gcd(1.5, 0.45) ⇒ 0.15
    gcd(10.00, 4.2) ⇒ 0.20
    gcd((-2147483648)::int, 0) ⇒ error: integer out of range
    gcd(330::bigint, 462::bigint) ⇒ 66
    lcm(1071, 462) ⇒ 23562
    lcm(0, 5) ⇒ 0
    lcm(4.5, 6.75) ⇒ 13.50
    lcm(2147483647, 2147483646) ⇒ error: integer out of range
    lcm(-4, 6) ⇒ 12
    factorial(5) ⇒ 120
    factorial(0) ⇒ 1
    factorial(33) ⇒ 8683317618811886495518194401280000000
    factorial(-1) ⇒ error: factorial of a negative number is undefined
    width_bucket(5.35, 0.024, 10.06, 5) ⇒ 3
    width_bucket(5.35::float8, 0.024::float8, 10.06::float8, 5) ⇒ 3
    width_bucket(10.06, 0.024, 10.06, 5) ⇒ 6
    width_bucket(-1, 0, 10, 5) ⇒ 0
    width_bucket(3, 10, 0, 5) ⇒ 4
    width_bucket(10, 10, 0, 5) ⇒ 1
    width_bucket(0, 10, 0, 5) ⇒ 6
    width_bucket(5, 5, 5, 5) ⇒ error: lower bound cannot equal upper bound
    width_bucket(5, 0, 10, 0) ⇒ error: count must be greater than zero
    width_bucket(5::float8, 0, 'NaN', 5) ⇒ error: operand, lower bound, and upper bound cannot be NaN
    width_bucket(5::float8, 0, 'Infinity', 5) ⇒ error: lower and upper bounds must be finite
    sinh(1) ⇒ 1.1752011936438014
    cosh(0) ⇒ 1
    tanh(1) ⇒ 0.7615941559557649
    asinh(1) ⇒ 0.881373587019543
    acosh(1) ⇒ 0
    acosh(0.5) ⇒ error: input is out of range
    atanh(0.5) ⇒ 0.5493061443340548
    atanh(1) ⇒ Infinity
    atanh(2) ⇒ error: input is out of range
    sinh(1000) ⇒ Infinity
    cot(0.5) ⇒ 1.830487721712452
    sind(30) ⇒ 0.5
    sind(150) ⇒ 0.5
    sind(-30) ⇒ -0.5
    sind(45) ⇒ 0.7071067811865475
    sind(37.5) ⇒ 0.6087614290087205
    cosd(60) ⇒ 0.5
    cosd(120) ⇒ -0.5
    cosd(90) ⇒ 0
    tand(45) ⇒ 1
    tand(135) ⇒ -1
    tand(180) ⇒ 0
    tand(-45) ⇒ -1
    tand(90) ⇒ Infinity
    cotd(45) ⇒ 1
    cotd(135) ⇒ -1
    cotd(90) ⇒ 0
    asind(0.5) ⇒ 30
    asind(-0.5) ⇒ -30
    asind(0.3) ⇒ 17.45760312372209
    asind(2) ⇒ error: input is out of range
    acosd(0.5) ⇒ 60
    acosd(-0.5) ⇒ 120
    acosd(0.9) ⇒ 25.841932763167122
    atand(1) ⇒ 45
    atand(0.3) ⇒ 16.69924423399362
    atan2d(1,0) ⇒ 90
    atan2d(-1,-1) ⇒ -135
    scale(8.4100) ⇒ 4
    min_scale(8.4100) ⇒ 2
    trim_scale(8.4100) ⇒ 8.41
    trim_scale(0.00) ⇒ 0
    min_scale(0) ⇒ 0
    scale(5) ⇒ 0
    91 & 15 ⇒ 11
    32 | 3 ⇒ 35
    17 # 5 ⇒ 20
    ~1 ⇒ -2
    1 << 4 ⇒ 16
    8 >> 2 ⇒ 2
    -8 >> 1 ⇒ -4
    1 << 31 ⇒ -2147483648
    1 << 32 ⇒ 1
    1 << 33 ⇒ 2
    5::bigint << 40 ⇒ 5497558138880
    5::bigint & 3 ⇒ 1
    ~b ⇒ -7000000001
    i & 4 = 4 ⇒ true
    |/ 25.0 ⇒ 5
    ||/ 64.0 ⇒ 4
    |/ 2 ⇒ 1.4142135623730951
    @ -5.0 ⇒ 5.0
    |/ (-1.0::float8) ⇒ error: cannot take square root of a negative number
    num_nulls(1, null, 'x', null) ⇒ 2
    num_nonnulls(1, null, 'x', null) ⇒ 2
    num_nulls(t) ⇒ 0
    sqrt(2.0) ⇒ 1.414213562373095
    sqrt(2) ⇒ 1.4142135623730951
    sqrt(0.0) ⇒ 0.000000000000000
    sqrt(4.00) ⇒ 2.000000000000000
    sqrt(100.0) ⇒ 10.000000000000000
    sqrt(12345.678) ⇒ 111.1111065555555
    sqrt(0.0001) ⇒ 0.01000000000000000
    sqrt(0.00000001234) ⇒ 0.0001110855526159905
    sqrt(123456789012345678.0) ⇒ 351364182.8820144
    sqrt(99999999999999999999.0) ⇒ 10000000000.0000000
    sqrt(-1.0) ⇒ error: cannot take square root of a negative number
    sqrt(n) ⇒ 3.535533905932738
    sqrt(0.5) ⇒ 0.70710678118654752
    sqrt(1e20::numeric) ⇒ 10000000000.00000
    sqrt(10000.0) ⇒ 100.0000000000000
    sqrt(9999.0) ⇒ 99.994999874993750
    sqrt(100000000.0) ⇒ 10000.00000000000
    1234.567::numeric(6,2) ⇒ 1234.57
    1234.567::numeric(5,2) ⇒ error: numeric field overflow
    1234.567::numeric(6) ⇒ 1235
    999.995::numeric(5,2) ⇒ error: numeric field overflow
    '12.345'::numeric(4,2) ⇒ 12.35
    12345::numeric(5,-2) ⇒ 12300
    12345::numeric(2,-2) ⇒ error: numeric field overflow
    0.00123::numeric(2,4) ⇒ 0.0012
    0.123::numeric(2,4) ⇒ error: numeric field overflow
    n::numeric(10,0) ⇒ 13
    5::numeric(0) ⇒ error: NUMERIC precision 0 must be between 1 and 1000
    cast('abcdef' as varchar(3)) ⇒ abc
    t::varchar(4) ⇒ foob
    'äöü'::varchar(2) ⇒ äö
    12345::varchar(3) ⇒ 123
    'abc'::varchar ⇒ abc
    'abc'::varchar(0) ⇒ error: length for type varchar must be at least 1
    i || 'x' ⇒ 5x
    'x' || 2.50 ⇒ x2.50
    true || 'a' ⇒ truea
    d || '' || n ⇒ 2.512.50
    cast('2013-03-01 12:34:56+000' || '' as timestamptz) ⇒ 2013-03-01 12:34:56+00
    cast('2013-03-01 12:34:56-530' || '' as timestamptz) ⇒ 2013-03-01 18:04:56+00
    coalesce(i / 0 is null and null, false) ⇒ error: division by zero
    case when 1 > 2 then i / 0 when 1 < 2 then 3 else i / 0 end ⇒ 3
    coalesce((case when false then i end) + 1 / (i - 5), 7) ⇒ 7
    nullif(null, 1 / (i - 5)) ⇒ NULL
    nullif(i, null) ⇒ 5
    9 between 1 / (i - 5) and 1 ⇒ false
    9 not between 1 / (i - 5) and 1 ⇒ true
    make_date(i, 1 / (i - 5), nullif(1, 1)) ⇒ NULL
    (1 / (i - 5) = 1 and false) or i = 5 ⇒ true
    i not in ('2000-01-01'::date) ⇒ error: operator does not exist: integer <> date
    i <> all (array['2000-01-01'::date]) ⇒ error: operator does not exist: integer <> date
    i not like 'a' escape 'b' ⇒ error: operator does not exist: integer LIKE text
    '2023-02-29'::date ⇒ error: date/time field value out of range: "2023-02-29"
    cast('2023-04-31 10:00' || '' as timestamp) ⇒ error: date/time field value out of range: "2023-04-31 10:00"
    cast('2023-04-31 x' || '' as date) ⇒ error: invalid input syntax for type date: "2023-04-31 x"
    """#
}
