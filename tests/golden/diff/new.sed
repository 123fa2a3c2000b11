# One change of each kind, from small.conf to the policy that is compared with it.
s/^type lab_t;/type lab_t; type new_t, guest;/
s/^allow dom0_t chan_t:event { bind send };/allow dom0_t chan_t:event { send status };/
s/^bool locked false;/bool locked true;/
s/(t1 != domU_t)/(t1 != vault_t)/
s/^permissive lab_t;/permissive vault_t;/
/^user user_2/d
s/^pirqcon 17 .*/pirqcon 17 system_u:object_r:lab_t/
s/^iomemcon 0xff000/iomemcon 0xff001/
s/^sid domDM system_u/sid domDM user_1/
s/^type_transition dom0_t domU_t:event chan_t;/type_transition dom0_t domU_t:event lab_t;/
s/alias guest_t/alias visitor_t/
s/^allow vm_r system_r;/allow system_r vm_r;/
s/^auditallow dom0_t xen_t:xen settime;/auditallow dom0_t xen_t:xen writeconsole;/
s/^dontaudit guest xen_t:xen settime;/dontaudit guest xen_t:xen { settime writeconsole };/
s/^class grant {.*/class grant { copy map_read map_write query }/
s/	type_transition dom0_t vault_t:event chan_t;/	type_transition dom0_t vault_t:event lab_t;/
s/^role vm_r types .*/role vm_r types { domU_t small_t };/
