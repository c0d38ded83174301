import Columnar
import Formats

/// Queries with aggregates and what PostgreSQL 15 answers to them.
struct AggregateExamples: Sendable {
  /// A query and its answer.
  struct Example: Sendable, CustomStringConvertible {
    var sql: String
    var expected: String
    var description: String { sql }
  }

  /// The input's columns.
  static let schema = InputSchema(columns: [
    InputColumn(name: "g", type: .text), InputColumn(name: "h", type: .integer),
    InputColumn(name: "i", type: .integer), InputColumn(name: "b", type: .bigint),
    InputColumn(name: "n", type: .numeric), InputColumn(name: "x", type: .double),
    InputColumn(name: "y", type: .double), InputColumn(name: "s", type: .text),
    InputColumn(name: "f", type: .boolean), InputColumn(name: "d", type: .date),
    InputColumn(name: "ts", type: .timestamp),
  ])

  /// The input's lines.
  static let lines = #"""
    b,2,-16,2929295534097,,-1.3,,,true,2024-10-02,
    a,1,16,91967068530735,5246.3,1.0,23.8,{br},false,2024-08-12,
    b,2,-2,-66769523635506,-567.56,-0.2,-84.48,"x,y",false,2024-10-26,2024-02-09 15:30:00
    ,3,16,25438050019749,,-0.8,-1.26,,true,2024-08-03,2024-07-18 08:30:00
    b,2,2,,-6033.8,-9.758739,,{br},false,2024-12-28,2024-10-21 21:30:00
    b,3,5,-70856954164051,4974.0,9.693,,plain,true,,
    b,3,,31168205970339,,4.993478,65.77,plain,,2024-09-01,2024-05-21 02:30:00
    b,1,-6,41496748614688,-4153.0,6.366659,-60.02,,true,2024-08-09,2024-10-12 14:30:00
    c,,-14,-4938643991075,63596.0,,32.12,tab	here,false,2024-07-26,2024-02-26 23:30:00
    b,1,-10,-57458230611703,2199.0,1.917,-29.92,,true,2024-03-14,
    a,1,0,-82858222564485,-0.7257,6.300941,83.54,{br},true,,2024-03-06 04:30:00
    c,1,13,-70133757391317,-8510.4,-9.2,12.35,"",true,2024-08-17,2024-08-17 07:30:00
    b,1,-12,24444067626468,7594.0,-5.746,79.41,tab	here,,2024-03-15,2024-02-13 15:30:00
    c,1,12,-44902350158218,,1.081,-23.13,a b,,,2024-05-02 05:30:00
    a,3,-4,60608218041128,-14266.0,6.0,-85.52,,,2024-04-03,2024-02-15 00:30:00
    c,2,-18,,-471.07,0.6,0.02,"x,y",,2024-01-24,2024-04-17 15:30:00
    b,3,11,10646469561246,-1931.6,-3.145907,-72.06,plain,,2024-12-09,2024-01-03 21:30:00
    c,2,,-55657961555195,-990.5,-3.421477,-93.11,NULL,true,2024-02-16,2024-11-07 07:30:00
    ,1,,-15659630596801,-38970.0,0.6,43.2,"q""t",,2024-12-20,2024-01-27 22:30:00
    c,3,-12,41969082541805,,-9.162758,-79.02,,true,2024-11-08,2024-01-15 02:30:00
    c,1,-16,-29015040292570,-3038.5,-5.895649,-7.93,"",false,2024-10-21,2024-02-20 04:30:00
    c,2,,36739134339811,76162.0,3.514,-42.89,"",true,,2024-08-03 16:30:00
    b,2,,-60103660938612,,6.40434,-77.46,b\s,false,2024-03-01,2024-11-15 12:30:00
    a,2,,-4781645636831,-6853.1,8.031,-87.0,,false,,2024-11-10 20:30:00
    a,2,-8,77582989105315,4526.8,-9.010479,,a b,true,2024-07-11,2024-05-24 23:30:00
    b,1,15,-52900874341848,-8029.4,6.236531,81.25,b\s,true,2024-03-11,2024-06-08 11:30:00
    """#
    .split(separator: "\n").map { $0 + "\n" }

  /// The queries, with an order wherever PostgreSQL leaves one open.
  static let examples = [
    Example(
      sql: #"""
        select g, h, count(*), sum(i), grouping(g), grouping(h), grouping(g, h) from input group by rollup (g, h) order by 7, g, h
        """#,
      expected: #"""
        g,h,count,sum,grouping,grouping,grouping
        a,1,2,16,0,0,0
        a,2,2,-8,0,0,0
        a,3,1,-4,0,0,0
        b,1,4,-13,0,0,0
        b,2,4,-16,0,0,0
        b,3,3,16,0,0,0
        c,1,3,9,0,0,0
        c,2,3,-18,0,0,0
        c,3,1,-12,0,0,0
        c,,1,-14,0,0,0
        ,1,1,,0,0,0
        ,3,1,16,0,0,0
        a,,5,4,0,1,1
        b,,11,-13,0,1,1
        c,,8,-35,0,1,1
        ,,2,16,0,1,1
        ,,26,-28,1,1,3
        """#),
    Example(
      sql: #"""
        select g, h, (d is null)::text as k, count(*), grouping(g, h, (d is null)::text) from input group by cube (g, h, (d is null)::text) order by 5, g, h, 3
        """#,
      expected: #"""
        g,h,k,count,grouping
        a,1,false,1,0
        a,1,true,1,0
        a,2,false,1,0
        a,2,true,1,0
        a,3,false,1,0
        b,1,false,4,0
        b,2,false,4,0
        b,3,false,2,0
        b,3,true,1,0
        c,1,false,2,0
        c,1,true,1,0
        c,2,false,2,0
        c,2,true,1,0
        c,3,false,1,0
        c,,false,1,0
        ,1,false,1,0
        ,3,false,1,0
        a,1,,2,1
        a,2,,2,1
        a,3,,1,1
        b,1,,4,1
        b,2,,4,1
        b,3,,3,1
        c,1,,3,1
        c,2,,3,1
        c,3,,1,1
        c,,,1,1
        ,1,,1,1
        ,3,,1,1
        a,,false,3,2
        a,,true,2,2
        b,,false,10,2
        b,,true,1,2
        c,,false,6,2
        c,,true,2,2
        ,,false,2,2
        a,,,5,3
        b,,,11,3
        c,,,8,3
        ,,,2,3
        ,1,false,8,4
        ,1,true,2,4
        ,2,false,7,4
        ,2,true,2,4
        ,3,false,5,4
        ,3,true,1,4
        ,,false,1,4
        ,1,,10,5
        ,2,,9,5
        ,3,,6,5
        ,,,1,5
        ,,false,21,6
        ,,true,5,6
        ,,,26,7
        """#),
    Example(
      sql: #"""
        select g, h, avg(n), max(s), min(d) from input group by grouping sets ((g), (h), ()) order by grouping(g, h), g, h
        """#,
      expected: #"""
        g,h,avg,max,min
        a,,-2269.3451400000000000,{br},2024-04-03
        b,,-743.5450000000000000,{br},2024-03-01
        c,,21124.588333333333,"x,y",2024-01-24
        ,,-38970.000000000000,"q""t",2024-08-03
        ,1,-5295.8584111111111111,{br},2024-03-11
        ,2,9396.1100000000000000,{br},2024-01-24
        ,3,-3741.2000000000000000,plain,2024-04-03
        ,,63596.000000000000,tab	here,2024-07-26
        ,,3524.1222150000000000,{br},2024-01-24
        """#),
    Example(
      sql: #"""
        select g, h, f::text as f, count(*) from input group by g, rollup (h, f) order by g, grouping(h), grouping(f), h, f
        """#,
      expected: #"""
        g,h,f,count
        a,1,false,1
        a,1,true,1
        a,2,false,1
        a,2,true,1
        a,3,,1
        a,1,,2
        a,2,,2
        a,3,,1
        a,,,5
        b,1,true,3
        b,1,,1
        b,2,false,3
        b,2,true,1
        b,3,true,1
        b,3,,2
        b,1,,4
        b,2,,4
        b,3,,3
        b,,,11
        c,1,false,1
        c,1,true,1
        c,1,,1
        c,2,true,2
        c,2,,1
        c,3,true,1
        c,,false,1
        c,1,,3
        c,2,,3
        c,3,,1
        c,,,1
        c,,,8
        ,1,,1
        ,3,true,1
        ,1,,1
        ,3,,1
        ,,,2
        """#),
    Example(
      sql: #"""
        select g, h, count(*), grouping(g, h) from input group by grouping sets (g, rollup (g, h), (h, g)), () order by 4, g, h
        """#,
      expected: #"""
        g,h,count,grouping
        a,1,2,0
        a,1,2,0
        a,2,2,0
        a,2,2,0
        a,3,1,0
        a,3,1,0
        b,1,4,0
        b,1,4,0
        b,2,4,0
        b,2,4,0
        b,3,3,0
        b,3,3,0
        c,1,3,0
        c,1,3,0
        c,2,3,0
        c,2,3,0
        c,3,1,0
        c,3,1,0
        c,,1,0
        c,,1,0
        ,1,1,0
        ,1,1,0
        ,3,1,0
        ,3,1,0
        a,,5,1
        a,,5,1
        b,,11,1
        b,,11,1
        c,,8,1
        c,,8,1
        ,,2,1
        ,,2,1
        ,,26,3
        """#),
    Example(
      sql: #"""
        select g, h, count(*) from input group by distinct rollup (g, h), rollup (g) order by grouping(g, h), g, h
        """#,
      expected: #"""
        g,h,count
        a,1,2
        a,2,2
        a,3,1
        b,1,4
        b,2,4
        b,3,3
        c,1,3
        c,2,3
        c,3,1
        c,,1
        ,1,1
        ,3,1
        a,,5
        b,,11
        c,,8
        ,,2
        ,,26
        """#),
    Example(
      sql: #"""
        select g, i % 3 as m, sum(b), count(distinct s) from input group by cube (g, 2) having grouping(g) = 0 or sum(b) > 0 order by grouping(g, i % 3), g, m
        """#,
      expected: #"""
        g,m,sum,count
        a,-2,77582989105315,1
        a,-1,60608218041128,0
        a,0,-82858222564485,1
        a,1,91967068530735,1
        a,,-4781645636831,0
        b,-2,-66769523635506,1
        b,-1,-54528935077606,0
        b,0,13039941899308,2
        b,2,-60210484602805,2
        b,,-28935454968273,2
        c,-2,-4938643991075,1
        c,-1,-29015040292570,1
        c,0,-2933267616413,2
        c,1,-70133757391317,1
        c,,-18918827215384,2
        ,1,25438050019749,0
        ,,-15659630596801,1
        a,,142518407475862,2
        b,,-197404456384882,5
        c,,-125939536506759,5
        ,,9778419422948,1
        ,-2,5874821478734,3
        ,1,47271361159167,2
        """#),
    Example(
      sql: #"""
        select count(*), sum(i), grouping(g) from input where i > 1000 group by rollup (g)
        """#,
      expected: #"""
        count,sum,grouping
        0,,1
        """#),
    Example(
      sql: #"""
        select count(*) from input where i > 1000 group by ()
        """#,
      expected: #"""
        count
        0
        """#),
    Example(
      sql: #"""
        select g, count(*) from input where i > 1000 group by g
        """#,
      expected: #"""
        g,count
        """#),
    Example(
      sql: #"""
        select g, h, s, count(*) from input group by rollup ((g, h), s) order by grouping(g, h, s), g, h, s
        """#,
      expected: #"""
        g,h,s,count
        a,1,{br},2
        a,2,a b,1
        a,2,,1
        a,3,,1
        b,1,b\s,1
        b,1,tab	here,1
        b,1,,2
        b,2,b\s,1
        b,2,"x,y",1
        b,2,{br},1
        b,2,,1
        b,3,plain,3
        c,1,"",2
        c,1,a b,1
        c,2,"",1
        c,2,NULL,1
        c,2,"x,y",1
        c,3,,1
        c,,tab	here,1
        ,1,"q""t",1
        ,3,,1
        a,1,,2
        a,2,,2
        a,3,,1
        b,1,,4
        b,2,,4
        b,3,,3
        c,1,,3
        c,2,,3
        c,3,,1
        c,,,1
        ,1,,1
        ,3,,1
        ,,,26
        """#),
    Example(
      sql: #"""
        select covar_pop(y, x), covar_samp(y, x), corr(y, x), regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x) from input
        """#,
      expected: #"""
        covar_pop,covar_samp,corr,regr_slope,regr_intercept,regr_r2
        5.399040461383222,5.668992484452383,0.017523168139500615,0.20549387774388284,-17.030459011350654,0.00030706142164520944
        """#),
    Example(
      sql: #"""
        select g, regr_count(y, x), regr_avgx(y, x), regr_avgy(y, x), regr_sxx(y, x), regr_syy(y, x), regr_sxy(y, x) from input group by g order by g
        """#,
      expected: #"""
        g,regr_count,regr_avgx,regr_avgy,regr_sxx,regr_syy,regr_sxy
        a,4,5.33298525,-16.294999999999998,27.435891778610753,21365.9339,-314.03241026499995
        b,8,2.1032626249999997,-12.188750000000002,156.6174856031999,38871.8508875,-108.03516078625023
        c,7,-3.212126285714285,-33.387142857142855,156.71378623165737,9700.680142857142,49.33433296571428
        ,2,-0.10000000000000003,20.970000000000002,0.9799999999999999,988.3458,31.122
        """#),
    Example(
      sql: #"""
        select g, corr(i, b), regr_slope(i, n), regr_r2(1, i), regr_r2(i, 1), covar_samp(x, i) filter (where h = 1) from input group by g order by g
        """#,
      expected: #"""
        g,corr,regr_slope,regr_r2,regr_r2,covar_samp
        a,0.1807877604396968,0.0004433677779567504,1,,-42.407528
        b,-0.3434339316757805,-0.00104253439079044,1,,44.548709499999994
        c,-0.7173323490806036,-0.0001423142001896688,1,,14.873165500000008
        ,,,,,
        """#),
    Example(
      sql: #"""
        select corr(x, y), regr_count(x, y), covar_pop(x, y) from input where i > 1000
        """#,
      expected: #"""
        corr,regr_count,covar_pop
        ,0,
        """#),
    Example(
      sql: #"""
        select h, string_agg(s, ',' order by i, b, n), string_agg(s, null order by b, i), string_agg(distinct s, '-') from input group by h order by h
        """#,
      expected: #"""
        h,string_agg,string_agg,string_agg
        1,",tab	here,{br},a b,,b\s,{br},q""t","{br}b\sa bq""ttab	here{br}","-a b-b\s-q""t-tab	here-{br}"
        2,"x,y,a b,x,y,{br},b\s,NULL,","x,yb\sNULLa bx,y{br}","-NULL-a b-b\s-x,y-{br}"
        3,"plain,plain,plain",plainplainplain,plain
        ,tab	here,tab	here,tab	here
        """#),
    Example(
      sql: #"""
        select h, string_agg(s, s order by x desc nulls last, b), string_agg(g, '' order by i desc, n, b) filter (where f) from input group by h order by h
        """#,
      expected: #"""
        h,string_agg,string_agg
        1,"{br}b\sb\sa ba b{br}{br}q""tq""ttab	heretab	here",bcabb
        2,"b\sx,yx,yx,yx,yNULLNULLa ba b{br}{br}",ccab
        3,plainplainplainplainplain,bc
        ,tab	here,
        """#),
    Example(
      sql: #"""
        select h, string_agg(distinct g, ',' order by g desc), string_agg(distinct s, '|' order by s desc) from input group by h order by h
        """#,
      expected: #"""
        h,string_agg,string_agg
        1,"c,b,a","{br}|tab	here|q""t|b\s|a b|"
        2,"c,b,a","{br}|x,y|b\s|a b|NULL|"
        3,"c,b,a",plain
        ,c,tab	here
        """#),
    Example(
      sql: #"""
        select h, array_agg(s order by s, i), array_agg(i order by i desc, b), array_agg(distinct n), array_agg(x order by x nulls first) from input group by h order by h
        """#,
      expected: #"""
        h,array_agg,array_agg,array_agg,array_agg
        1,"{"""","""",""a b"",""b\\s"",""q\""t"",""tab	here"",""{br}"",""{br}"",NULL,NULL}","{NULL,16,15,13,12,0,-6,-10,-12,-16}","{-38970.0,-8510.4,-8029.4,-4153.0,-3038.5,-0.7257,2199.0,5246.3,7594.0,NULL}","{-9.2,-5.895649,-5.746,0.6,1,1.081,1.917,6.236531,6.300941,6.366659}"
        2,"{"""",""NULL"",""a b"",""b\\s"",""x,y"",""x,y"",""{br}"",NULL,NULL}","{NULL,NULL,NULL,NULL,2,-2,-8,-16,-18}","{-6853.1,-6033.8,-990.5,-567.56,-471.07,4526.8,76162.0,NULL}","{-9.758739,-9.010479,-3.421477,-1.3,-0.2,0.6,3.514,6.40434,8.031}"
        3,"{plain,plain,plain,NULL,NULL,NULL}","{NULL,16,11,5,-4,-12}","{-14266.0,-1931.6,4974.0,NULL}","{-9.162758,-3.145907,-0.8,4.993478,6,9.693}"
        ,"{""tab	here""}",{-14},{63596.0},{NULL}
        """#),
    Example(
      sql: #"""
        select h, array_agg(f order by f, i), array_agg(d order by d), array_agg(distinct ts order by ts desc), array_agg(b order by n, b) from input group by h order by h
        """#,
      expected: #"""
        h,array_agg,array_agg,array_agg,array_agg
        1,"{f,f,t,t,t,t,t,NULL,NULL,NULL}","{2024-03-11,2024-03-14,2024-03-15,2024-08-09,2024-08-12,2024-08-17,2024-10-21,2024-12-20,NULL,NULL}","{NULL,""2024-10-12 14:30:00"",""2024-08-17 07:30:00"",""2024-06-08 11:30:00"",""2024-05-02 05:30:00"",""2024-03-06 04:30:00"",""2024-02-20 04:30:00"",""2024-02-13 15:30:00"",""2024-01-27 22:30:00""}","{-15659630596801,-70133757391317,-52900874341848,41496748614688,-29015040292570,-82858222564485,-57458230611703,91967068530735,24444067626468,-44902350158218}"
        2,"{f,f,f,f,t,t,t,t,NULL}","{2024-01-24,2024-02-16,2024-03-01,2024-07-11,2024-10-02,2024-10-26,2024-12-28,NULL,NULL}","{NULL,""2024-11-15 12:30:00"",""2024-11-10 20:30:00"",""2024-11-07 07:30:00"",""2024-10-21 21:30:00"",""2024-08-03 16:30:00"",""2024-05-24 23:30:00"",""2024-04-17 15:30:00"",""2024-02-09 15:30:00""}","{-4781645636831,NULL,-55657961555195,-66769523635506,NULL,77582989105315,36739134339811,-60103660938612,2929295534097}"
        3,"{t,t,t,NULL,NULL,NULL}","{2024-04-03,2024-08-03,2024-09-01,2024-11-08,2024-12-09,NULL}","{NULL,""2024-07-18 08:30:00"",""2024-05-21 02:30:00"",""2024-02-15 00:30:00"",""2024-01-15 02:30:00"",""2024-01-03 21:30:00""}","{60608218041128,10646469561246,-70856954164051,25438050019749,31168205970339,41969082541805}"
        ,{f},{2024-07-26},"{""2024-02-26 23:30:00""}",{-4938643991075}
        """#),
    Example(
      sql: #"""
        select array_agg(i), string_agg(s, ','), array_agg(i) filter (where f) from input where i > 1000
        """#,
      expected: #"""
        array_agg,string_agg,array_agg
        ,,
        """#),
    Example(
      sql: #"""
        select bit_and(i), bit_or(i), bit_xor(i), bit_and(b), bit_or(b), bit_xor(b), every(i > -100)::text, bool_or(f)::text from input
        """#,
      expected: #"""
        bit_and,bit_or,bit_xor,bit_and,bit_or,bit_xor,every,bool_or
        0,-1,-24,0,-1,-37464758967569,true,true
        """#),
    Example(
      sql: #"""
        select g, bit_and(i), bit_or(b), bit_xor(distinct h), bit_xor(h) filter (where f) from input group by g order by g
        """#,
      expected: #"""
        g,bit_and,bit_or,bit_xor,bit_xor
        a,0,-274877907969,0,3
        b,0,-1,0,0
        c,0,-1,0,2
        ,16,-8916520931905,2,3
        """#),
    Example(
      sql: #"""
        select g, var_pop(i), var_samp(i), stddev_pop(i), stddev_samp(i), stddev(i), variance(i) from input group by g order by g
        """#,
      expected: #"""
        g,var_pop,var_samp,stddev_pop,stddev_samp,stddev,variance
        a,83.0000000000000000,110.6666666666666667,9.1104335791442989,10.5198225587063334,10.5198225587063334,110.6666666666666667
        b,99.5802469135802469,112.0277777777777778,9.9789902752523137,10.5843175395382851,10.5843175395382851,112.0277777777777778
        c,171.4722222222222222,205.7666666666666667,13.0947402502769112,14.3445692394950176,14.3445692394950176,205.7666666666666667
        ,0,,0,,,
        """#),
    Example(
      sql: #"""
        select g, var_pop(b), var_samp(b), stddev_pop(b), stddev(b) from input group by g order by g
        """#,
      expected: #"""
        g,var_pop,var_samp,stddev_pop,stddev
        a,4195293574884807228960982202,5244116968606009036201227753,64771085948012,72416275578119
        b,1870730386681305571031583832,2078589318534783967812870924,43251940842941,45591548762186
        c,1677768638945590478684703716,1957396745436522225132154335,40960574201854,44242476710018
        ,422254838014987397033475625,844509676029974794066951250,20548840308275,29060448655001
        """#),
    Example(
      sql: #"""
        select h, var_pop(n), var_samp(n), stddev_pop(n), stddev(n), stddev(distinct i), variance(h) from input group by h order by h
        """#,
      expected: #"""
        h,var_pop,var_samp,stddev_pop,stddev,stddev,variance
        1,168850224.24353486,189956502.27397672,12994.23811709,13782.47083342,12.8160056179762968,0
        2,755432974.84482857,881338470.65230000,27485.14098281,29687.34529479,8.6486993241758613,0
        3,63333592.746666666667,95000389.120000000000,7958.240555968805,9746.814306223342,11.3004424692133184,0
        ,0,,0,,,
        """#),
    Example(
      sql: #"""
        select stddev(i), variance(b), stddev_pop(n), stddev(h), var_pop(5), variance(2147483647), stddev(i + 0.000), variance(n * 1000000) from input
        """#,
      expected: #"""
        stddev,variance,stddev_pop,stddev,var_pop,variance,stddev,variance
        11.9225571259295139,2666365151976457387359537426,24193.13854139,0.80000000000000000000,0,0,11.9225571259295139,616113634192632124500.00000000
        """#),
    Example(
      sql: #"""
        select g, stddev(x), variance(y), stddev_pop(x), var_pop(distinct y) from input group by g order by g
        """#,
      expected: #"""
        g,stddev,variance,stddev_pop,var_pop
        a,6.928633796273137,7121.977966666666,6.197158463867665,5341.483474999999
        b,6.009618007805195,5553.121555357143,5.729945946098879,4858.9813609375
        c,5.11067161652389,1922.2096696428569,4.731562505914894,1681.9334609374996
        ,0.9899494936611665,988.3458000000004,0.7,494.1729
        """#),
    Example(
      sql: #"""
        select percentile_cont(0.5) within group (order by x), percentile_cont(0.25) within group (order by i), percentile_cont(0.9) within group (order by n desc), percentile_disc(0.5) within group (order by s) from input
        """#,
      expected: #"""
        percentile_cont,percentile_cont,percentile_cont,percentile_disc
        0.6,-12,-9085.960000000008,plain
        """#),
    Example(
      sql: #"""
        select g, percentile_cont(0) within group (order by x), percentile_cont(1) within group (order by x desc), percentile_disc(0.3) within group (order by d desc), percentile_disc(0) within group (order by n), percentile_disc(1) within group (order by ts) from input group by g order by g
        """#,
      expected: #"""
        g,percentile_cont,percentile_cont,percentile_disc,percentile_disc,percentile_disc
        a,-9.010479,-9.010479,2024-08-12,-14266.0,2024-11-10 20:30:00
        b,-9.758739,-9.758739,2024-10-26,-8029.4,2024-11-15 12:30:00
        c,-9.2,-9.2,2024-10-21,-8510.4,2024-11-07 07:30:00
        ,-0.8,-0.8,2024-12-20,-38970.0,2024-07-18 08:30:00
        """#),
    Example(
      sql: #"""
        select g, mode() within group (order by h), mode() within group (order by h desc), mode() within group (order by s), mode() within group (order by f)::text from input group by g order by g
        """#,
      expected: #"""
        g,mode,mode,mode,mode
        a,1,2,{br},false
        b,1,2,plain,true
        c,1,2,"",true
        ,1,3,"q""t",true
        """#),
    Example(
      sql: #"""
        select percentile_cont(null) within group (order by x), percentile_disc(0.5) within group (order by f desc)::text, percentile_cont(0.33) within group (order by b) filter (where h > 1) from input
        """#,
      expected: #"""
        percentile_cont,percentile_disc,percentile_cont
        ,true,-6816698273565.5625
        """#),
    Example(
      sql: #"""
        select percentile_cont(0.5) within group (order by x), mode() within group (order by i) from input where i > 1000
        """#,
      expected: #"""
        percentile_cont,mode
        ,
        """#),
    Example(
      sql: #"""
        select sum(x order by y), avg(x order by y desc), sum(distinct x), avg(distinct x), sum(distinct i), count(distinct d), avg(distinct n) from input
        """#,
      expected: #"""
        sum,avg,sum,avg,sum,count,avg
        5.096940000000003,0.2038776,4.496940000000009,0.18737250000000039,-16,21,3524.1222150000000000
        """#),
    Example(
      sql: #"""
        select g, sum(x order by y, b), max(i order by b), array_agg(i order by s desc, i) from input group by g order by g
        """#,
      expected: #"""
        g,sum,max,array_agg
        a,12.321462,16,"{-4,NULL,0,16,-8}"
        b,15.460361999999998,15,"{-16,-10,-6,2,-2,-12,5,11,NULL,15,NULL}"
        c,-22.484884,13,"{-12,-18,-14,12,NULL,-16,13,NULL}"
        ,-0.20000000000000007,16,"{16,NULL}"
        """#),
    Example(
      sql: #"""
        select count(distinct i % 4), sum(distinct i % 4), array_agg(distinct i % 4 order by i % 4 desc), string_agg(distinct (i % 4)::text, '') from input
        """#,
      expected: #"""
        count,sum,array_agg,string_agg
        5,4,"{NULL,3,2,1,0,-2}",-20123
        """#),
    Example(
      sql: #"""
        select h, g, sum(i), array_agg(i order by i), corr(x, y), count(distinct s), stddev(n) from input group by rollup (h, g) order by grouping(h, g), h, g
        """#,
      expected: #"""
        h,g,sum,array_agg,corr,count,stddev
        1,a,16,"{0,16}",1,1,3710.207453530091
        1,b,-13,"{-12,-10,-6,15}",-0.4350025918164178,2,6899.173918424340
        1,c,9,"{-16,12,13}",-0.9594219708926153,2,3869.217595974669
        1,,,{NULL},,1,
        2,a,-8,"{-8,NULL}",,1,8046.804459224792
        2,b,-16,"{-16,-2,2,NULL}",1,3,3865.215371593154
        2,c,-18,"{-18,NULL,NULL}",0.6137632550986838,3,44394.82980671
        3,a,-4,{-4},,0,
        3,b,16,"{5,11,NULL}",1,1,4882.996588161823
        3,c,-12,{-12},,0,
        3,,16,{16},,0,
        ,c,-14,{-14},,1,
        1,,12,"{-16,-12,-10,-6,0,12,13,15,16,NULL}",0.01619302615739138,6,13782.47083342
        2,,-42,"{-18,-16,-8,-2,2,NULL,NULL,NULL,NULL}",-0.06727092315547682,6,29687.34529479
        3,,16,"{-12,-4,5,11,16,NULL}",0.4263921258185434,1,9746.814306223342
        ,,-14,{-14},,1,
        ,,-28,"{-18,-16,-16,-14,-12,-12,-10,-8,-6,-4,-2,0,2,5,11,12,13,15,16,16,NULL,NULL,NULL,NULL,NULL,NULL}",0.017523168139500618,9,24821.63641247
        """#),
  ]
}
