extension DialectExamples {
  /// `to_char` of numbers.
  static let numberTexts = #"""
    to_char(1e15::float8, '999,999.99') ⇒  ###,###.
    to_char('-0'::float8, '999.99') ⇒    -.00
    to_char(148.5::float8, '9G999D99') ⇒    148.50
    to_char((-0.1), 'MI999') ⇒    0
    to_char(0.1::float8, '9.99EEEE') ⇒  1.00e-01
    to_char((-148.5)::float8, 'SG 999') ⇒ - 148
    to_char(3.14159, '.99') ⇒  .##
    to_char(12345678901::bigint, '99PR9') ⇒ error: "9" must be ahead of "PR"
    to_char(12345678901::bigint, 'FM.99') ⇒ .##
    to_char((-485), 'S9S') ⇒ error: cannot use "S" twice
    to_char((-485), '9.9eeee') ⇒ -4.8e+02
    to_char(12345678901::bigint, 'SG 999') ⇒ + ###
    to_char(0, 'SG999') ⇒ +  0
    to_char(1, 'FM999.000') ⇒ 1.000
    to_char(1234, 'FM9.9') ⇒ #.#
    to_char(0.1::float8, 'rn') ⇒ ###############
    to_char(148.5, '99.9') ⇒  ##.#
    to_char(123, 'FM9') ⇒ #
    to_char(99.995, 'FM0000') ⇒ 0100
    to_char(12, 'L9,999.00') ⇒      12.00
    to_char(1, '.99') ⇒  .##
    to_char((-5)::bigint, '99PR9') ⇒ error: "9" must be ahead of "PR"
    to_char(0.005, 'FM099.09') ⇒ 000.01
    to_char((-148.5)::float8, '0.99') ⇒ -#.##
    to_char(100.00, '999PL') ⇒  100+
    to_char(9.99, '9 9 9') ⇒    1 0
    to_char((-485), 'RN') ⇒ ###############
    to_char(12, 'S999') ⇒  +12
    to_char(0.1::float8, 'S0999.9') ⇒ +0000.1
    to_char(123, '999D9S') ⇒ 123.0+
    to_char(11, 'FMS999.99') ⇒ +11.
    to_char(0.5, '999,999.99') ⇒         .50
    to_char(148.5, '09999.90') ⇒  00148.50
    to_char(112, '999PL') ⇒  112+
    to_char(1234, 'S0999.9') ⇒ +1234.0
    to_char(3999, '0,999') ⇒  3,999
    to_char((-148.5), 'FM999PR') ⇒ <149>
    to_char(0.0, 'FM999.99') ⇒ 0.
    to_char(12345678901::bigint, '09999.90') ⇒  #####.##
    to_char(0.5, 'FM999.900') ⇒ .500
    to_char(3999, '9.9V9') ⇒ error: cannot use "V" and decimal point together
    to_char(11, 'x9') ⇒ x #
    to_char(0.0, '9.9') ⇒   .0
    to_char(0::float8, '99V99') ⇒     0
    to_char((-1234.567), 'FM999.000') ⇒ -###.###
    to_char(148.5, '.99') ⇒  .##
    to_char((-12), '9.9eeee') ⇒ -1.2e+01
    to_char(11, 'FM999.') ⇒ 11
    to_char(1e15::float8, '0') ⇒  #
    to_char((-1234.567), '999PL') ⇒ -### ⏎
    to_char(1234.567::float8, 'FM990.99') ⇒ ###.##
    to_char(9.99, '9.9') ⇒  #.#
    to_char((-148.5), 'FM0,999') ⇒ -0,149
    to_char(1234, '9 9 9') ⇒  # # #
    to_char(9.99, 'L999') ⇒    10
    to_char(1234.567::float8, '999MI') ⇒ ### ⏎
    to_char(9.99, 'S9MI') ⇒ error: cannot use "S" and "MI" together
    to_char(99.995, '999MI') ⇒ 100 ⏎
    to_char(100.00, 'FM9990D0099') ⇒ 100.00
    to_char(0.0, '999S') ⇒   0+
    to_char((-0.1), '9,999') ⇒      0
    to_char((-0.1), 'FM9') ⇒ 0
    to_char(112, 'FM9.9') ⇒ #.#
    to_char(99.995, '999PL') ⇒  100+
    to_char((-1), '000') ⇒ -001
    to_char(148.5::float8, '0') ⇒  #
    to_char(1234.567, 'rn') ⇒         mccxxxv
    to_char(0, '999PL') ⇒    0+
    to_char(0::float8, 'FM999.') ⇒ 0
    to_char(12345678901::bigint, '999999999999999999.99') ⇒         12345678901.00
    to_char(12.5, '9,999') ⇒     13
    to_char(11, '9.9.9') ⇒ error: multiple decimal points
    to_char(0.1::float8, 'FM999.') ⇒ 0
    to_char(1e15::float8, '0,999') ⇒  #,###
    to_char(3999, '999D9S') ⇒ ###.#+
    to_char(1234.567::float8, '9,9,9') ⇒  #,#,#
    to_char(0, 'RN') ⇒ ###############
    to_char((-1), 'rn') ⇒ ###############
    to_char(0.1::float8, 'FM999MI') ⇒ 0
    to_char(0.1::float8, 'x9') ⇒ x 0
    to_char(148.5::float8, '999PL') ⇒  148+
    to_char(0.005, 'SG999') ⇒ +  0
    to_char(148.5, 'FM9.999') ⇒ #.###
    to_char((-1), '9.9V9') ⇒ error: cannot use "V" and decimal point together
    to_char(0::float8, '999,999.99') ⇒         .00
    to_char(123, '990PR') ⇒  123 ⏎
    to_char((-5)::bigint, '9 9 9') ⇒     -5
    to_char((-148.5)::float8, '999,999.99') ⇒     -148.50
    to_char(12345678901::bigint, 'FM0000') ⇒ ####
    to_char(1234, 'FM0,999') ⇒ 1,234
    to_char(1e15::float8, '999th') ⇒  ###
    to_char((-1), '9.9.9') ⇒ error: multiple decimal points
    to_char(1, '9EEEE9') ⇒ error: "EEEE" must be the last pattern used
    to_char(0.005, '990PR') ⇒    0 ⏎
    to_char(1234.567, '0.99') ⇒  #.##
    to_char(0::float8, '000') ⇒  000
    to_char(0.0, 'FM.99') ⇒ .##
    to_char((-5)::bigint, '999.000') ⇒   -5.000
    to_char((-12), '99.9') ⇒ -12.0
    to_char(0.0, 'FMS999.99') ⇒ +0.
    to_char((-5)::bigint, '0.99') ⇒ -5.00
    to_char(0.5, 'S9MI') ⇒ error: cannot use "S" and "MI" together
    to_char(0.0, 'RN') ⇒ ###############
    to_char(1234.567, '0,999') ⇒  1,235
    to_char(11, '999TH') ⇒   11TH
    to_char(12.5, 'rn') ⇒            xiii
    to_char(1234.567, '999,999.99') ⇒    1,234.57
    to_char(9.99, 'FM999SG') ⇒ 10+
    to_char(12.5, '9999') ⇒    13
    to_char((-12), '9,9,9') ⇒   -1,2
    to_char(485, '9.9eeee') ⇒  4.8e+02
    to_char(1234, '"Good" 999') ⇒ Good  ###
    to_char(99.995, '999th') ⇒  100th
    to_char((-5)::bigint, 'SG 999') ⇒ -   5
    to_char(1e15::float8, 'FMRN') ⇒ ###############
    to_char(3999, '990PR') ⇒  ### ⏎
    to_char(9.99, 'FM.99') ⇒ .##
    to_char(11, '.99') ⇒  .##
    to_char(0.1::float8, '.99') ⇒  .##
    to_char((-485), 'FM9990D0099') ⇒ -485.00
    to_char(123, 'FM.99') ⇒ .##
    to_char((-5)::bigint, '9,999') ⇒     -5
    to_char(485, 'FM999.') ⇒ 485
    to_char(11, '0.99') ⇒  #.##
    to_char(3999, '9 9 9') ⇒  # # #
    to_char(148.5, '9.9.9') ⇒ error: multiple decimal points
    to_char(12, '999PL') ⇒   12+
    to_char((-5)::bigint, 'S9S') ⇒ error: cannot use "S" twice
    to_char(0, '9,999') ⇒      0
    to_char(112, '9G999D99') ⇒    112.00
    to_char(0::float8, '0.99') ⇒  0.00
    to_char(3.14159, '9,9,9') ⇒      3
    to_char((-1), 'FMRN') ⇒ ###############
    to_char(3.14159, '09999.90') ⇒  00003.14
    to_char(485, '0') ⇒  #
    to_char((-148.5)::float8, '9,999') ⇒   -148
    to_char(0.1, '999999999999999999.99') ⇒                    .10
    to_char(99.995, 'FM999SG') ⇒ 100+
    to_char((-485), '9.9.9') ⇒ error: multiple decimal points
    to_char((-148.5)::float8, '0') ⇒ -#
    to_char((-148.5), 'FMS999.99') ⇒ -148.5
    to_char(0.1::float8, '9EEEE9') ⇒ error: "EEEE" must be the last pattern used
    to_char(0::float8, '999th') ⇒    0th
    to_char((-0.1), '9.9') ⇒  -.1
    to_char(0.005, '9G999D99') ⇒       .01
    to_char(3999, 'FM999PR') ⇒ ###
    to_char(148.5::float8, '999.000') ⇒  148.500
    to_char((-12), '999.') ⇒  -12
    to_char((-5)::bigint, '999,999.99') ⇒       -5.00
    to_char(12.5, 'FML999.00') ⇒  12.50
    to_char(12345678901::bigint, '999,999.99') ⇒  ###,###.##
    to_char(1, 'FM999.99') ⇒ 1.
    to_char(1e15::float8, 'FM999MI') ⇒ ###
    to_char(1234, '99V9') ⇒  ###
    to_char(9.99, 'FM999PR') ⇒ 10
    to_char(1234.567, 'FM990.99') ⇒ ###.##
    to_char((-1), 'PL999') ⇒    -1
    to_char((-0.1), 'SG999') ⇒ +  0
    to_char((-485), '999D9S') ⇒ 485.0-
    to_char(100.00, '999,999.99') ⇒      100.00
    to_char((-12), '0,999') ⇒ -0,012
    to_char(0.1, '9G999D99') ⇒       .10
    to_char(0.1, '99.9') ⇒    .1
    to_char(1, '0') ⇒  1
    to_char(1, 'FM999MI') ⇒ 1
    to_char(0.1, 'FM.99') ⇒ .##
    to_char(1e15::float8, 'FM9.999') ⇒ #.
    to_char((-148.5)::float8, 'FM099.09') ⇒ -148.5
    to_char(148.5::float8, '0999') ⇒  0148
    to_char(12, 'FM999.000') ⇒ 12.000
    to_char(0.1::float8, 'L999') ⇒     0
    to_char(148.5::float8, '99V99') ⇒  ####
    to_char(1, 'FM9.999') ⇒ 1.
    to_char((-1), '999') ⇒   -1
    to_char((-485), 'FM.99') ⇒ -.##
    to_char(0.0, 'x9') ⇒ x 0
    to_char((-1234.567), 'RN') ⇒ ###############
    to_char(12.5, 'FM9990D0099') ⇒ 12.50
    to_char(100.00, 'SG999') ⇒ +100
    to_char((-0.1), '99.9') ⇒   -.1
    to_char(1234, '9EEEE9') ⇒ error: "EEEE" must be the last pattern used
    to_char(112, 'FM099.09') ⇒ 112.0
    to_char(0.1, 'FMS999.99') ⇒ +.1
    to_char(148.5, 'S999') ⇒ +149
    to_char(0.005, 'rn') ⇒ ###############
    to_char(11, '9 9 9') ⇒    1 1
    to_char(0.1, 'rn') ⇒ ###############
    to_char(0.5, 'FM.99') ⇒ .##
    to_char(0.005, '999MI') ⇒   0 ⏎
    to_char(3.14159, '0') ⇒  3
    to_char(0.1, 'FM9990D0099') ⇒ 0.10
    to_char(112, 'S9MI') ⇒ error: cannot use "S" and "MI" together
    to_char(100.00, '9.9V9') ⇒ error: cannot use "V" and decimal point together
    to_char(1234.567, 'FM9.9') ⇒ #.#
    to_char(0.1, 'FM999MI') ⇒ 0
    to_char((-12), '999PL') ⇒  -12 ⏎
    to_char(11, '999PR') ⇒   11 ⏎
    to_char((-5)::bigint, 'FM999.000') ⇒ -5.000
    to_char(12, '99999999999') ⇒           12
    to_char((-148.5), '9,9,9') ⇒ -1,4,9
    to_char(99.995, '9G999D99') ⇒    100.00
    to_char(0, 'PL999') ⇒ +   0
    to_char(0.1, 'FM099.09') ⇒ 000.1
    to_char(9.99, 'FM0000') ⇒ 0010
    to_char(12, '999') ⇒   12
    to_char(0, '99999999999') ⇒            0
    to_char(3999, '"Good" 999') ⇒ Good  ###
    to_char(123, 'FMPL999') ⇒ +123
    to_char(12, '999999999999999999.99') ⇒                  12.00
    to_char(99.995, '9.9V9') ⇒ error: cannot use "V" and decimal point together
    to_char(9.99, 'PL999') ⇒ +  10
    to_char((-485), '"Good" 999') ⇒ Good -485
    to_char(99.995, 'S9MI') ⇒ error: cannot use "S" and "MI" together
    to_char(3999, 'FM9.999') ⇒ #.###
    to_char(1234.567::float8, '9') ⇒  #
    to_char(0, 'FM9') ⇒ 0
    to_char(3999, '99V9') ⇒  ###
    """#
}
