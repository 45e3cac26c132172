lib:
let
  inherit (builtins)
    elemAt
    filter
    foldl'
    genList
    length
    ;
in
{
  lists = rec {
    inherit (builtins)
      all
      any
      concatLists
      concatMap
      elem
      elemAt
      filter
      foldl'
      genList
      groupBy
      head
      isList
      length
      map
      partition
      sort
      tail
      ;
    singleton = x: [ x ];
    forEach = xs: f: map f xs;
    foldr =
      op: nul: list:
      let
        len = length list;
        go = n: if n == len then nul else op (elemAt list n) (go (n + 1));
      in
      go 0;
    fold = foldr;
    foldl =
      op: nul: list:
      let
        go = n: if n == -1 then nul else op (go (n - 1)) (elemAt list n);
      in
      go (length list - 1);
    imap0 = f: list: genList (n: f n (elemAt list n)) (length list);
    imap1 = f: list: genList (n: f (n + 1) (elemAt list n)) (length list);
    flatten = x: if builtins.isList x then concatMap flatten x else [ x ];
    remove = e: filter (x: x != e);
    findSingle =
      pred: default: multiple: list:
      let
        found = filter pred list;
      in
      if found == [ ] then
        default
      else if length found > 1 then
        multiple
      else
        builtins.head found;
    findFirstIndex =
      pred: default: list:
      let
        go =
          n:
          if n == length list then
            default
          else if pred (elemAt list n) then
            n
          else
            go (n + 1);
      in
      go 0;
    findFirst =
      pred: default: list:
      let
        index = findFirstIndex pred null list;
      in
      if index == null then default else elemAt list index;
    count = pred: foldl' (c: x: if pred x then c + 1 else c) 0;
    optional = cond: elem: if cond then [ elem ] else [ ];
    optionals = cond: elems: if cond then elems else [ ];
    toList = x: if builtins.isList x then x else [ x ];
    range = first: last: if first > last then [ ] else genList (n: first + n) (last - first + 1);
    replicate = n: elem: genList (_: elem) n;
    reverseList =
      xs:
      let
        l = length xs;
      in
      genList (n: elemAt xs (l - n - 1)) l;
    sortOn =
      f: list:
      map (p: p.value) (
        builtins.sort (a: b: a.key < b.key) (
          map (value: {
            inherit value;
            key = f value;
          }) list
        )
      );
    take = count: sublist 0 count;
    drop = count: list: sublist count (length list) list;
    takeEnd = n: xs: drop (lib.max 0 (length xs - n)) xs;
    dropEnd = n: xs: take (lib.max 0 (length xs - n)) xs;
    sublist =
      start: count: list:
      let
        len = length list;
        n =
          if start >= len then
            0
          else if start + count > len then
            len - start
          else
            count;
      in
      genList (i: elemAt list (i + start)) n;
    last =
      list:
      lib.throwIfNot (list != [ ]) "lists.last: list must not be empty!" (elemAt list (length list - 1));
    init =
      list:
      lib.throwIfNot (list != [ ]) "lists.init: list must not be empty!" (take (length list - 1) list);
    unique = foldl' (acc: e: if builtins.elem e acc then acc else acc ++ [ e ]) [ ];
    uniqueStrings = list: builtins.attrNames (builtins.groupBy (x: x) list);
    allUnique = list: length (unique list) == length list;
    intersectLists = e: filter (x: builtins.elem x e);
    subtractLists = e: filter (x: !(builtins.elem x e));
    mutuallyExclusive = a: b: length a == 0 || !(builtins.any (x: builtins.elem x a) b);
    zipListsWith =
      f: fst: snd:
      genList (n: f (elemAt fst n) (elemAt snd n)) (lib.min (length fst) (length snd));
    zipLists = zipListsWith (fst: snd: { inherit fst snd; });
    crossLists = f: foldl' (fs: args: concatMap (f: map f args) fs) [ f ];
    hasPrefix = list1: list2: take (length list1) list2 == list1;
    removePrefix =
      list1: list2:
      if hasPrefix list1 list2 then
        drop (length list1) list2
      else
        throw "lib.lists.removePrefix: First argument is not a list prefix of the second argument";
    commonPrefix =
      a: b:
      let
        pairs = zipLists a b;
        differs = findFirstIndex (p: p.fst != p.snd) (length pairs) pairs;
      in
      take differs a;
    naturalSort = builtins.sort (a: b: compareNatural a b);
    compareNatural =
      a: b:
      let
        parts =
          s:
          map (p: if builtins.isList p then lib.toIntBase10 (builtins.head p) else p) (
            builtins.split "(0|[1-9][0-9]*)" s
          );
      in
      compareLists compareAny (parts a) (parts b) < 0;
    compareAny =
      a: b:
      if builtins.typeOf a == builtins.typeOf b then
        lib.compare a b
      else
        lib.compare (toString a) (toString b);
    compareLists =
      cmp: a: b:
      if a == [ ] then
        (if b == [ ] then 0 else -1)
      else if b == [ ] then
        1
      else
        let
          rel = cmp (builtins.head a) (builtins.head b);
        in
        if rel == 0 then compareLists cmp (builtins.tail a) (builtins.tail b) else rel;
    groupBy' =
      op: nul: pred: list:
      builtins.mapAttrs (_: foldl' op nul) (builtins.groupBy pred list);
    # Climbs from the first element to one that nothing is before, takes it, and starts again with the others in the
    # order in which the climb left them.
    toposort =
      before: list:
      let
        climb =
          us: seen: rest:
          let
            above = builtins.partition (x: before x us) rest;
            loops = builtins.filter (x: before x us) seen;
          in
          if loops != [ ] then
            {
              cycle = reverseList ([ us ] ++ seen);
              inherit loops;
            }
          else if above.right == [ ] then
            {
              minimal = us;
              rest = reverseList seen ++ rest;
            }
          else
            climb (builtins.head above.right) ([ us ] ++ seen) (builtins.tail above.right ++ above.wrong);
        found = climb (builtins.head list) [ ] (builtins.tail list);
        others = toposort before found.rest;
      in
      if length list < 2 then
        { result = list; }
      else if found ? cycle then
        found
      else if others ? cycle then
        others
      else
        { result = [ found.minimal ] ++ others.result; };
  };
}
