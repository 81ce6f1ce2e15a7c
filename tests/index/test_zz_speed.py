import random, time, os
from datetime import date, timedelta
from pathlib import Path
import pytest
from django.db import connection
from tests import makers
from teamaround.index import feeds
from teamaround.kit.identifiers import upn_check_letter, nhs_number_from, NotValid
N=400
def pgcpu(pid):
    a=Path(f"/proc/{pid}/stat").read_text().rsplit(")",1)[1].split(); return (int(a[11])+int(a[12]))/os.sysconf("SC_CLK_TCK")
@pytest.mark.django_db
@pytest.mark.parametrize("threshold",[None,5])
def test_speed(reference, threshold):
    from teamaround.index.variants import _FORENAMES, _SURNAMES
    connection.connection.prepare_threshold=threshold
    pid=connection.connection.info.backend_pid
    r=random.Random(1)
    fn=sorted(_FORENAMES); sn=sorted(_SURNAMES)
    a=makers.agency(); 
    rows=[]
    for n in range(N):
        b=date(2010,1,1)+timedelta(days=r.randrange(5000))
        stem=f"997{1000:04d}{20:02d}{n%1000:03d}"
        rows.append(f"{upn_check_letter(stem)+stem},{r.choice(sn).title()},{r.choice(fn).title()},{b},{r.choice('MF')},2024-09-01,{r.randrange(99)} Harbour Street,NM{r.randrange(1,14)} {r.randrange(1,9)}AA,Ama,{r.choice(sn).title()},mother,mother,01632 960{n%1000:03d}")
    names="upn,family_name,given_names,born,sex,started_on,address,postcode,carer_given_names,carer_family_name,carer_relationship,carer_responsibility,carer_phone"
    def data(seq,src="school-roll",nm=names,rw=None,ag=None): return "\n".join([f"#teamaround,{src},1,{(ag or a).code},{seq},{date.today()}",nm,*(rw or rows),f"#end,{N}"]).encode()
    f=feeds.arrange(source="school-roll",agency=a,by=makers.TESTER)
    f.live=True; makers.keep(f)
    def run(what,feed,d):
        t,c,p=time.time(),time.process_time(),pgcpu(pid)
        l=feeds.load(feed,d,by=makers.TESTER)
        print(threshold,what,"wall/row ms",round((time.time()-t)/N*1000,1),"py",round((time.process_time()-c)/N*1000,1),"pg",round((pgcpu(pid)-p)/N*1000,1),l.state)
    run("new",f,data(1)); run("again",f,data(2))
    g=makers.agency(); gf=feeds.arrange(source="gp-list",agency=g,by=makers.TESTER); gf.live=True; makers.keep(gf)
    nums=[];k=0
    while len(nums)<N:
        try: nums.append(nhs_number_from(f"999{k:06d}"))
        except NotValid: pass
        k+=1
    run("gp",gf,data(1,"gp-list",names.replace("upn","nhs_number"),[n+row[13:] for n,row in zip(nums,rows)],g))
